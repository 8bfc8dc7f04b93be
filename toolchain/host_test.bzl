"""host_test: a GoogleTest unit test, plain and under sanitizers."""

load("@rules_cc//cc:defs.bzl", "cc_test")
load("//toolchain:configured.bzl", "configured_program", "program_attrs")
load("//toolchain:transitions.bzl", "to_asan", "to_tsan")
load("//toolchain/lint:tidy_test.bzl", "tidy_test")

_asan_test = rule(
    implementation = configured_program,
    attrs = program_attrs(to_asan),
    test = True,
)

_tsan_test = rule(
    implementation = configured_program,
    attrs = program_attrs(to_tsan),
    test = True,
)

def host_test(name, deps = [], data = [], size = "small", tsan = False, tags = [], visibility = None, **kwargs):
    """A test as it ships, under sanitizers, and the look of clang-tidy at its sources.

    Makes <name>, <name>.asan (address and undefined behaviour), <name>.tidy and, if wanted, <name>.tsan (races).

    Args:
        name: of the plain test.
        deps: besides GoogleTest and its main, which are always there.
        data: as usual.
        size: as usual.
        tsan: whether the test has threads to be watched.
        tags: as usual.
        visibility: as usual.
        **kwargs: of cc_test.
    """
    cc_test(
        name = name,
        size = size,
        # A sanitizer's report with names of functions.
        data = data + ["//toolchain:sanitizer_runtime"],
        linkstatic = True,
        tags = tags,
        visibility = visibility,
        deps = deps + ["@googletest//:gtest_main"],
        **kwargs
    )
    _asan_test(
        name = name + ".asan",
        size = size,
        program = ":" + name,
        tags = tags,
        visibility = visibility,
    )
    if tsan:
        _tsan_test(
            name = name + ".tsan",
            size = size,
            program = ":" + name,
            tags = tags,
            visibility = visibility,
        )
    tidy_test(
        name = name + ".tidy",
        programs = [":" + name],
        tags = tags,
        visibility = visibility,
    )
