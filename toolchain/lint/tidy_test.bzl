"""tidy_test: clang-tidy over every first-party source that some programs are built of.

host_test, musl_binary and appliance make one each (<name>.tidy), so no source that is in a test or a program can be
forgotten. Each source is an action of its own, cached as a compilation is; the test only shows the reports.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")
load("//toolchain:transitions.bzl", "TRANSITION_ATTRS", "to_kernel", "to_musl", "to_uefi")

_TidyInfo = provider(
    doc = "Reports of a target and all that it depends on.",
    fields = {"reports": "depset of files; an empty one is good"},
)

def _compile_flags(target, ctx, cc_toolchain):
    features = cc_common.configure_features(
        cc_toolchain = cc_toolchain,
        ctx = ctx,
        requested_features = ctx.rule.attr.features,
    )
    context = target[CcInfo].compilation_context
    return cc_common.get_memory_inefficient_command_line(
        action_name = ACTION_NAMES.cpp_compile,
        feature_configuration = features,
        variables = cc_common.create_compile_variables(
            cc_toolchain = cc_toolchain,
            feature_configuration = features,
            include_directories = context.includes,
            preprocessor_defines = depset(transitive = [context.defines, context.local_defines]),
            quote_include_directories = context.quote_includes,
            system_include_directories = context.system_includes,
        ),
    )

def _tidy(target, ctx, cc_toolchain, flags, source):
    report = ctx.actions.declare_file("%s.%s.tidy" % (ctx.label.name, source.basename))
    private_headers = [file for file in ctx.rule.files.srcs if file.extension == "h"]
    ctx.actions.run(
        arguments = [
            ctx.file._clang_tidy.path,
            ctx.file._config.path,
            # Names: GoogleTest's macros make half of them, and its headers make this check cost 3 seconds a file. Speed:
            # a test is to be read, not to be fast.
            "-readability-identifier-naming,-performance-*" if ctx.rule.kind == "cc_test" else "",
            report.path,
            source.path,
        ] + flags,
        executable = ctx.executable._tidy,
        inputs = depset([source, ctx.file._config] + private_headers, transitive = [
            cc_toolchain.all_files,
            ctx.attr._clang_tidy_files[DefaultInfo].files,
            target[CcInfo].compilation_context.headers,
        ]),
        mnemonic = "ClangTidy",
        outputs = [report],
        progress_message = "Tidying %s" % source.short_path,
    )
    return report

def _tidy_aspect_impl(target, ctx):
    below = []
    for name in ["deps", "program"]:
        dependencies = getattr(ctx.rule.attr, name, [])
        if type(dependencies) != "list":
            dependencies = [dependencies]
        below += [dep[_TidyInfo].reports for dep in dependencies if _TidyInfo in dep]

    reports = []
    if CcInfo in target and not ctx.label.workspace_name and hasattr(ctx.rule.files, "srcs"):
        sources = [file for file in ctx.rule.files.srcs if file.extension == "cc" and file.is_source]
        cc_toolchain = find_cpp_toolchain(ctx)
        flags = _compile_flags(target, ctx, cc_toolchain) if sources else []
        reports = [_tidy(target, ctx, cc_toolchain, flags, source) for source in sources]
    return [_TidyInfo(reports = depset(reports, transitive = below))]

_tidy_aspect = aspect(
    implementation = _tidy_aspect_impl,
    attr_aspects = ["deps", "program"],
    attrs = {
        "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
        "_clang_tidy": attr.label(default = "@llvm//:bin/clang-tidy", allow_single_file = True),
        "_clang_tidy_files": attr.label(default = "@llvm//:clang-tidy"),
        "_config": attr.label(default = "//:.clang-tidy", allow_single_file = True),
        "_tidy": attr.label(default = "//toolchain/lint:tidy", executable = True, cfg = "exec"),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)

def _tidy_test_impl(ctx):
    reports = depset(transitive = [program[_TidyInfo].reports for program in ctx.attr.programs]).to_list()
    script = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(script, is_executable = True, content = """#!/bin/sh
# Shows what clang-tidy found; an empty report is good.
failed=0
while read -r report; do
  if [ -s "$report" ]; then cat "$report"; failed=$((failed + 1)); fi
done <<'REPORTS'
%s
REPORTS
echo "%d sources tidied, $failed with findings"
[ "$failed" = 0 ]
""" % ("\n".join([report.short_path for report in reports]), len(reports)))
    return [DefaultInfo(executable = script, runfiles = ctx.runfiles(reports))]

def _tidy_test_rule(transition):
    return rule(
        implementation = _tidy_test_impl,
        attrs = dict(
            TRANSITION_ATTRS,
            programs = attr.label_list(aspects = [_tidy_aspect], cfg = transition, mandatory = True),
        ),
        test = True,
    )

_linux_tidy_test = _tidy_test_rule(to_musl)

_kernel_tidy_test = _tidy_test_rule(to_kernel)

_uefi_tidy_test = _tidy_test_rule(to_uefi)

_RULES = {
    "kernel": _kernel_tidy_test,
    "linux": _linux_tidy_test,
    "uefi": _uefi_tidy_test,
}

def tidy_test(name, programs, environment = "linux", tags = [], **kwargs):
    """Fails if clang-tidy has anything to say about the programs' first-party sources.

    Args:
        name: of the test.
        programs: tests, programs or libraries; what they depend on is looked at too.
        environment: "kernel" or "uefi": they are looked at as part of the guest or of a UEFI program; else as Linux
            programs, tests too, so that each source is looked at once.
        tags: as usual.
        **kwargs: as usual.
    """
    _RULES[environment](
        name = name,
        size = "small",
        programs = programs,
        tags = tags + ["lint"],
        **kwargs
    )
