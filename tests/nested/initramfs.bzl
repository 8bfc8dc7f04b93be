"""initramfs: the first file system of a Linux machine, as one archive."""

def _initramfs_impl(ctx):
    output = ctx.actions.declare_file(ctx.label.name)
    arguments = ctx.actions.args()
    arguments.add(output)
    inputs = []
    for target, path in ctx.attr.contents.items():
        files = target[DefaultInfo].files.to_list()
        if len(files) != 1:
            fail("%s: %s is not one file" % (ctx.label, target.label))
        arguments.add("%s=%s" % (path, files[0].path))
        inputs += files
    ctx.actions.run(
        arguments = [arguments],
        executable = ctx.executable._tool,
        inputs = inputs,
        mnemonic = "Initramfs",
        outputs = [output],
    )
    return [DefaultInfo(files = depset([output]), runfiles = ctx.runfiles([output]))]

initramfs = rule(
    implementation = _initramfs_impl,
    attrs = {
        "contents": attr.label_keyed_string_dict(
            allow_files = True,
            doc = "File to its path in the machine, without a leading slash. All are executable.",
            mandatory = True,
        ),
        # For the target's configuration, which is the same machine: see musl_binary.
        "_tool": attr.label(cfg = "target", default = "//tests/nested:initramfs", executable = True),
    },
    doc = "Makes the archive <name>, with folders for what the kernel mounts.",
)
