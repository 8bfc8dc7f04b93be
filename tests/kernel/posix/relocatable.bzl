"""relocatable: a library of the guest and what it pulls out of the archives behind it, as one object file."""

load("//toolchain:transitions.bzl", "TRANSITION_ATTRS", "to_kernel")

def _relocatable_impl(ctx):
    archives = []
    for library in ctx.attr.libraries:
        for linker_input in library[CcInfo].linking_context.linker_inputs.to_list():
            for linked in linker_input.libraries:
                archives.append(linked.static_library)
    output = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.run(
        # No symbol is missed yet: -r leaves that to the next link.
        arguments = ["-r", "--undefined=main", "-o", output.path] + [archive.path for archive in archives],
        executable = ctx.executable._lld,
        inputs = archives,
        mnemonic = "LinkRelocatable",
        outputs = [output],
        tools = ctx.attr._link[DefaultInfo].files,
    )
    return [DefaultInfo(files = depset([output]))]

relocatable = rule(
    implementation = _relocatable_impl,
    attrs = dict(
        TRANSITION_ATTRS,
        libraries = attr.label_list(cfg = to_kernel, mandatory = True, providers = [CcInfo]),
        _link = attr.label(default = "@llvm//:link"),
        _lld = attr.label(allow_single_file = True, default = "@llvm//:bin/ld.lld", executable = True, cfg = "exec"),
    ),
    doc = "For tests that link it and look at what the linker says.",
)
