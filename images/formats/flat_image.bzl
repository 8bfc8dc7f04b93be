"""flat_image: the bytes of an appliance as they lie in memory, for loaders that know no ELF (kernel/abi/flat_image.h)."""

load("//images:appliance_image.bzl", "ApplianceInfo")

def _flat_image_impl(ctx):
    flat = ctx.actions.declare_file(ctx.label.name)
    elf = ctx.attr.appliance[ApplianceInfo].image
    ctx.actions.run(
        arguments = ["--output-target=binary", elf.path, flat.path],
        executable = ctx.executable._objcopy,
        inputs = [elf],
        mnemonic = "FlattenImage",
        outputs = [flat],
        tools = ctx.files._objcopy_files,
    )
    return [DefaultInfo(files = depset([flat]))]

flat_image = rule(
    implementation = _flat_image_impl,
    attrs = {
        "appliance": attr.label(
            doc = "Its ELF file.",
            mandatory = True,
            providers = [ApplianceInfo],
        ),
        "_objcopy": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@llvm//:bin/llvm-objcopy",
            executable = True,
        ),
        "_objcopy_files": attr.label(
            cfg = "exec",
            default = "@llvm//:llvm-objcopy",
        ),
    },
    doc = "Makes <name>: memory from ABI_FLAT_BASE to the last byte that is not zero by itself.",
)
