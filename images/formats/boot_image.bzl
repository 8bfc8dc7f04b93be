"""boot_image: what a BIOS starts from a disk or CD, or a loader by Linux's boot protocol (boot/bios)."""

load("//images:appliance_image.bzl", "ApplianceInfo", "in_format")

def _write(ctx, format, name):
    image = ctx.actions.declare_file(name)
    arguments = ctx.actions.args()
    for flag, value in [
        ("format", format),
        ("loader", ctx.file._loader),
        ("mbr", ctx.file._mbr),
        ("flat", ctx.file.flat),
        ("command-line", ctx.attr.appliance[ApplianceInfo].command_line),
        ("output", image),
    ]:
        arguments.add(value, format = "--%s=%%s" % flag)
    ctx.actions.run(
        arguments = [arguments],
        executable = ctx.executable._writer,
        inputs = [ctx.file._loader, ctx.file._mbr, ctx.file.flat],
        mnemonic = "WriteBootImage",
        outputs = [image],
    )
    return image

def _boot_image_impl(ctx):
    appliance = ctx.attr.appliance[ApplianceInfo]
    image = _write(ctx, ctx.attr.format, ctx.label.name)
    if ctx.attr.format != "img":
        return in_format(appliance, ctx.attr.format, image)
    compact = _write(ctx, "compact_img", ctx.label.name[:-len(".img")] + ".compact.img")
    return in_format(appliance, ctx.attr.format, image, compact) + [
        OutputGroupInfo(stripped = depset([compact])),
    ]

boot_image = rule(
    implementation = _boot_image_impl,
    attrs = {
        "appliance": attr.label(
            doc = "Its ELF file: names the command line.",
            mandatory = True,
            providers = [ApplianceInfo],
        ),
        "flat": attr.label(
            allow_single_file = True,
            doc = "Its flat_image.",
            mandatory = True,
        ),
        "format": attr.string(
            doc = "bzimage: a Linux bzImage, which is also an El Torito boot image without emulation. " +
                  "img: a raw disk of whole cylinders; output group \"stripped\" has it without zeroes at its end. " +
                  "memory_img: a raw disk of 4 MiB that is read whole, sector by sector.",
            mandatory = True,
            values = ["bzimage", "img", "memory_img"],
        ),
        "_loader": attr.label(allow_single_file = True, default = "//boot/bios:loader"),
        "_mbr": attr.label(allow_single_file = True, default = "//boot/bios:mbr"),
        # It chooses its platform by itself: as an exec tool it would build the C library a second time.
        "_writer": attr.label(cfg = "target", default = "//boot/bios:write_image", executable = True),
    },
    doc = "Makes <name> by //boot/bios:write_image.",
    provides = [ApplianceInfo],
)
