"""broken_image: an appliance's ELF file, spoilt in one way, for tests of what a loader must refuse."""

def _broken_image_impl(ctx):
    output = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.run(
        arguments = [ctx.attr.kind, ctx.file.image.path, output.path],
        executable = ctx.executable._break_image,
        inputs = [ctx.file.image],
        mnemonic = "BreakImage",
        outputs = [output],
    )
    return [DefaultInfo(files = depset([output]))]

broken_image = rule(
    implementation = _broken_image_impl,
    attrs = {
        "image": attr.label(
            allow_single_file = True,
            mandatory = True,
        ),
        "kind": attr.string(
            doc = "What is wrong with it: see break_image.cc.",
            mandatory = True,
        ),
        # Not cfg = "exec": a static program runs anywhere, and that would be another build of the C library.
        "_break_image": attr.label(
            cfg = "target",
            default = "//tests/vmm:break_image",
            executable = True,
        ),
    },
)
