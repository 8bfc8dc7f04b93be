"""batch_library: a static library out of many small foreign sources in few actions.

Clang's start costs more than most files of a C library. So the driver translates the flags once, and one frontend
process compiles a whole batch: 1,340 files of musl take seconds, and eight entries of a cache instead of 1,340.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")
load("//toolchain:transitions.bzl", "TRANSITION_ATTRS", "to_libc")

def _flags(ctx, cc_toolchain, features, action):
    return cc_common.get_memory_inefficient_command_line(
        action_name = action,
        feature_configuration = features,
        variables = cc_common.create_compile_variables(
            cc_toolchain = cc_toolchain,
            feature_configuration = features,
            user_compile_flags = ctx.attr.copts,
        ),
    )

def _compile(ctx, cc_toolchain, features, label, action, sources):
    """One archive of the objects of some sources, all of one language."""
    archive = ctx.actions.declare_file("%s.%s.a" % (ctx.label.name, label))
    arguments = ctx.actions.args()
    arguments.add_all([
        cc_common.get_tool_for_action(feature_configuration = features, action_name = action),
        cc_toolchain.ar_executable,
        archive,
        ctx.label.workspace_root,
    ])
    arguments.add_all(_flags(ctx, cc_toolchain, features, action))
    arguments.add("--")
    arguments.add_all(sources)
    ctx.actions.run(
        arguments = [arguments],
        executable = ctx.executable._batch,
        # Not the sources themselves: they lie in folders of the tree, and inputs must not nest.
        inputs = depset(ctx.files.tree, transitive = [
            ctx.attr._clang[DefaultInfo].files,
            ctx.attr._ar[DefaultInfo].files,
        ]),
        mnemonic = "BatchCompile",
        outputs = [archive],
        progress_message = "Compiling %d files of %s (%s)" % (len(sources), ctx.label, label),
    )
    return archive

def _batch_library_impl(ctx):
    cc_toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(
        cc_toolchain = cc_toolchain,
        ctx = ctx,
        requested_features = ctx.features + ["third_party"],
        unsupported_features = ctx.disabled_features,
    )
    archives = []
    for extensions, action, batches in [
        (["c"], ACTION_NAMES.c_compile, ctx.attr.batches),
        (["cc", "cpp"], ACTION_NAMES.cpp_compile, ctx.attr.batches),
        (["s", "S"], ACTION_NAMES.preprocess_assemble, 1),
    ]:
        sources = [file for file in ctx.files.srcs if file.extension in extensions]
        for i in range(min(batches, len(sources))):
            archives.append(_compile(
                ctx,
                cc_toolchain,
                features,
                "%s%d" % (extensions[0], i),
                action,
                # Every n-th, for the expensive files stand together.
                [source for j, source in enumerate(sources) if j % batches == i],
            ))

    library = ctx.actions.declare_file("lib%s.a" % ctx.label.name)
    ctx.actions.run(
        # L: the members of the archives, not the archives. D: no times, no owners.
        arguments = ["qcsDL", library.path] + [archive.path for archive in archives],
        executable = cc_toolchain.ar_executable,
        inputs = depset(archives, transitive = [ctx.attr._ar[DefaultInfo].files]),
        mnemonic = "BatchArchive",
        outputs = [library],
    )
    linker_input = cc_common.create_linker_input(
        owner = ctx.label,
        libraries = depset([cc_common.create_library_to_link(
            actions = ctx.actions,
            alwayslink = ctx.attr.whole,
            cc_toolchain = cc_toolchain,
            feature_configuration = features,
            static_library = library,
        )]),
    )
    return [
        DefaultInfo(files = depset([library])),
        CcInfo(linking_context = cc_common.create_linking_context(linker_inputs = depset([linker_input]))),
    ]

batch_library = rule(
    implementation = _batch_library_impl,
    attrs = dict(
        TRANSITION_ATTRS,
        srcs = attr.label_list(allow_files = [".c", ".cc", ".cpp", ".s", ".S"], mandatory = True),
        tree = attr.label_list(
            allow_files = True,
            doc = "Folders that hold the sources and all that they include.",
            mandatory = True,
        ),
        copts = attr.string_list(doc = "After the toolchain's flags for linux_musl; paths from the execution root."),
        batches = attr.int(default = 4, doc = "Number of compile actions for each language."),
        whole = attr.bool(doc = "Link all of it, not only the members that are asked for."),
        _ar = attr.label(default = "@llvm//:llvm-ar"),
        _batch = attr.label(default = "//toolchain:batch_compile", executable = True, cfg = "exec"),
        _cc_toolchain = attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
        _clang = attr.label(default = "@llvm//:clang"),
    ),
    cfg = to_libc,
    fragments = ["cpp"],
    provides = [CcInfo],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)
