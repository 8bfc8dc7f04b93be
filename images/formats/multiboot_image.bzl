"""multiboot_image: an appliance as an ELF32 file, which is what multiboot loaders read."""

load("//images:appliance_image.bzl", "ApplianceInfo", "in_format")
load("//toolchain:transitions.bzl", "TRANSITION_ATTRS", "to_kernel")

def _multiboot_image_impl(ctx):
    image = ctx.actions.declare_file(ctx.label.name)
    program = ctx.attr.program[0][DefaultInfo].files_to_run.executable
    ctx.actions.run(
        # The code stays what it is, for 64 bits but for its first instructions; the file around it is of 32.
        arguments = ["--output-target=elf32-i386", "--strip-all", program.path, image.path],
        executable = ctx.executable._objcopy,
        inputs = [program],
        mnemonic = "MultibootImage",
        outputs = [image],
        tools = ctx.files._objcopy_files,
    )
    return in_format(ctx.attr.appliance[ApplianceInfo], "multiboot", image) + [
        OutputGroupInfo(program = depset([program])),
    ]

multiboot_image = rule(
    implementation = _multiboot_image_impl,
    attrs = dict(
        TRANSITION_ATTRS,
        appliance = attr.label(
            doc = "Its ELF file: how it wants to be booted.",
            mandatory = True,
            providers = [ApplianceInfo],
        ),
        program = attr.label(
            doc = "The cc_binary with //boot:multiboot, built for //toolchain:kernel_x86_64.",
            cfg = to_kernel,
            mandatory = True,
        ),
        _objcopy = attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@llvm//:bin/llvm-objcopy",
            executable = True,
        ),
        _objcopy_files = attr.label(
            cfg = "exec",
            default = "@llvm//:llvm-objcopy",
        ),
    ),
    doc = "Makes <name>: ELF32, without symbols, with the headers of both Multiboot versions. Output group \"program\": " +
          "the ELF64 file with symbols that it is made of.",
    provides = [ApplianceInfo],
)
