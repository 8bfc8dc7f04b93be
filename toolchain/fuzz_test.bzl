"""fuzz_test: a libFuzzer target under address and undefined-behaviour sanitizers, run for a fixed number of inputs."""

load("@rules_cc//cc:defs.bzl", "cc_binary")
load("//toolchain:configured.bzl", "configured_program", "program_attrs")
load("//toolchain:transitions.bzl", "to_fuzz")
load("//toolchain/lint:tidy_test.bzl", "tidy_test")

_fuzzer = rule(
    implementation = configured_program,
    attrs = program_attrs(to_fuzz),
    executable = True,
)

def _quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"

def _fuzz_run_test_impl(ctx):
    # The same inputs in every run (seed), so that the test's result may be cached. What breaks the target is kept.
    script = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(script, is_executable = True, content = """#!/bin/sh
mkdir -p "$TEST_TMPDIR/corpus"
exec %s -seed=1 -runs=%d -max_len=%d -rss_limit_mb=2048 -timeout=10 -print_final_stats=1 \\
  -artifact_prefix="$TEST_UNDECLARED_OUTPUTS_DIR/" "$TEST_TMPDIR/corpus" %s
""" % (
        _quoted(ctx.executable.fuzzer.short_path),
        ctx.attr.runs,
        ctx.attr.max_len,
        " ".join([_quoted(folder) for folder in depset([
            file.short_path.rpartition("/")[0]
            for file in ctx.files.corpus
        ]).to_list()]),
    ))
    runfiles = ctx.runfiles(ctx.files.corpus).merge(ctx.attr.fuzzer[DefaultInfo].default_runfiles)
    return [DefaultInfo(executable = script, runfiles = runfiles)]

_fuzz_run_test = rule(
    implementation = _fuzz_run_test_impl,
    attrs = {
        "corpus": attr.label_list(allow_files = True),
        "fuzzer": attr.label(mandatory = True, executable = True, cfg = "target"),
        "max_len": attr.int(mandatory = True),
        "runs": attr.int(mandatory = True),
    },
    test = True,
)

def fuzz_test(name, corpus = [], runs = 20000, max_len = 4096, size = "small", tags = [], data = [], visibility = None, **kwargs):
    """The test <name> runs LLVMFuzzerTestOneInput a fixed number of times; <name>.fuzz is the fuzzer, for long runs.

    <name>.tidy is clang-tidy's look at its sources.

    Args:
        name: of the test.
        corpus: files to start from, in one or more folders of their own.
        runs: number of inputs.
        max_len: longest input, in bytes.
        size: as usual.
        tags: as usual.
        data: as usual.
        visibility: as usual.
        **kwargs: of cc_binary: srcs, deps.
    """
    cc_binary(
        name = name + ".program",
        testonly = True,
        data = data + ["//toolchain:sanitizer_runtime"],
        features = ["fuzz_main"],
        linkstatic = True,
        # Has no main but in the fuzzer's configuration.
        tags = tags + ["manual"],
        visibility = ["//visibility:private"],
        **kwargs
    )
    _fuzzer(
        name = name + ".fuzz",
        testonly = True,
        program = ":" + name + ".program",
        tags = tags,
        visibility = visibility,
    )
    _fuzz_run_test(
        name = name,
        size = size,
        corpus = corpus,
        fuzzer = ":" + name + ".fuzz",
        max_len = max_len,
        runs = runs,
        tags = tags,
        visibility = visibility,
    )
    tidy_test(
        name = name + ".tidy",
        programs = [":" + name + ".program"],
        tags = tags,
        visibility = visibility,
    )
