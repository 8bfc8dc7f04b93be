"""report_test: proves that a sanitizer sees a mistake, by the report of a program that makes it."""

load("@rules_cc//cc:defs.bzl", "cc_binary")
load("//toolchain:transitions.bzl", "TRANSITION_ATTRS", "to_asan", "to_fuzz", "to_tsan")

def _report_test_impl(ctx):
    program = ctx.attr.program[0][DefaultInfo]
    script = ctx.actions.declare_file(ctx.label.name)
    arguments = [program.files_to_run.executable.short_path] + ctx.attr.program_args
    ctx.actions.write(script, is_executable = True, content = "#!/bin/sh\nexec %s %s -- %s\n" % (
        ctx.executable._checker.short_path,
        " ".join(["'%s'" % text for text in ctx.attr.expect]),
        " ".join(arguments),
    ))
    runfiles = ctx.runfiles().merge(program.default_runfiles)
    runfiles = runfiles.merge(ctx.attr._checker[DefaultInfo].default_runfiles)
    return [DefaultInfo(executable = script, runfiles = runfiles)]

def _report_test_rule(transition):
    return rule(
        implementation = _report_test_impl,
        attrs = dict(
            TRANSITION_ATTRS,
            expect = attr.string_list(mandatory = True),
            program = attr.label(mandatory = True, cfg = transition),
            program_args = attr.string_list(),
            _checker = attr.label(default = "//toolchain/tests:check_report", executable = True, cfg = "target"),
        ),
        test = True,
    )

_asan_report_test = _report_test_rule(to_asan)

_tsan_report_test = _report_test_rule(to_tsan)

_fuzz_report_test = _report_test_rule(to_fuzz)

_TESTS = {
    "asan": _asan_report_test,
    "fuzz": _fuzz_report_test,
    "tsan": _tsan_report_test,
}

def report_test(name, srcs, sanitizer, expect, program_args = [], features = []):
    """Runs a program that is wrong and fails unless it ends badly and its report has all expected texts.

    Args:
        name: of the test.
        srcs: of the program.
        sanitizer: asan (with undefined behaviour), tsan or fuzz.
        expect: texts of the report.
        program_args: as usual.
        features: as usual.
    """
    cc_binary(
        name = name + ".program",
        testonly = True,
        srcs = srcs,
        data = ["//toolchain:sanitizer_runtime"],
        features = features,
        linkstatic = True,
        tags = ["manual"],
    )
    _TESTS[sanitizer](
        name = name,
        size = "small",
        expect = expect,
        program = ":" + name + ".program",
        program_args = program_args,
    )
