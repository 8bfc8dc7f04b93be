"""real_mode_program: assembly linked into the bytes that a BIOS loads, without any file format."""

load("@rules_cc//cc:defs.bzl", "cc_binary")
load("//toolchain:configured.bzl", "configured_program", "program_attrs")
load("//toolchain:transitions.bzl", "to_kernel")

_bytes = rule(
    implementation = configured_program,
    attrs = program_attrs(to_kernel),
    executable = True,
)

def real_mode_program(name, srcs, linker_script, deps = [], visibility = None):
    """Makes the file <name>.

    Args:
        name: of the file.
        srcs: assembly and headers.
        linker_script: says where everything lies.
        deps: headers of other packages.
        visibility: as usual.
    """
    cc_binary(
        name = name + ".linked",
        srcs = srcs,
        additional_linker_inputs = [linker_script],
        linkopts = [
            "-Wl,-T,$(execpath %s)" % linker_script,
            "-Wl,--oformat=binary",
            "-Wl,--orphan-handling=error",
        ],
        linkstatic = True,
        tags = ["manual"],
        target_compatible_with = ["//toolchain:kernel"],
        visibility = ["//visibility:private"],
        deps = deps,
    )
    _bytes(
        name = name,
        program = ":" + name + ".linked",
        visibility = visibility,
    )
