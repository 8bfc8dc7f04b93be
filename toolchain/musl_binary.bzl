"""musl_binary: a static Linux program that starts fast, such as the monitor."""

load("@rules_cc//cc:defs.bzl", "cc_binary")
load("//toolchain:configured.bzl", "configured_program", "program_attrs")
load("//toolchain:transitions.bzl", "to_musl")
load("//toolchain/lint:tidy_test.bzl", "tidy_test")

_musl_program = rule(
    implementation = configured_program,
    attrs = program_attrs(to_musl),
    executable = True,
)

def musl_binary(name, deps = [], tags = [], testonly = False, visibility = None, **kwargs):
    """A static program on musl and libc++, without exceptions; <name>.tidy is clang-tidy's look at its sources.

    Use it as a tool with cfg = "target": it chooses its platform by itself, and as an exec tool it would build the C
    library a second time.

    Args:
        name: the program is bazel-bin/<package>/<name>, whatever the platform of the command line.
        deps: besides the C and C++ libraries, which are always there.
        tags: as usual.
        testonly: as usual.
        visibility: as usual.
        **kwargs: of cc_binary.
    """
    cc_binary(
        name = name + ".static",
        linkstatic = True,
        tags = tags + ["manual"],
        target_compatible_with = ["//toolchain:musl"],
        testonly = testonly,
        visibility = ["//visibility:private"],
        deps = deps + ["//toolchain:musl_runtime"],
        **kwargs
    )
    _musl_program(
        name = name,
        program = ":" + name + ".static",
        tags = tags,
        testonly = testonly,
        visibility = visibility,
    )
    tidy_test(
        name = name + ".tidy",
        programs = [":" + name + ".static"],
        tags = tags,
        visibility = visibility,
    )
