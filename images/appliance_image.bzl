"""appliance_image: the ELF file of an appliance, linked for the guest, under a name of the host's configuration."""

load("//toolchain:transitions.bzl", "TRANSITION_ATTRS", "to_kernel")

ApplianceInfo = provider(
    doc = "An appliance in one format, and how it wants to be booted.",
    fields = {
        "command_line": "The words that its main finds as arguments.",
        "cpus": "How many processors.",
        "format": "The ending of the file's name: elf, multiboot, img, iso, ...",
        "image": "The File to boot.",
        "memory": "Guest memory, such as 32M.",
        "stripped": "The same File without symbols and padding: what a user ships.",
    },
)

def in_format(appliance, format, image, stripped = None):
    """What a rule of images/formats returns for a file that it made of an appliance.

    Args:
        appliance: the ApplianceInfo of what the file was made of.
        format: the ending of the file's name.
        image: the File.
        stripped: the File without symbols and padding, if it has any.

    Returns:
        A list of providers.
    """
    return [
        DefaultInfo(files = depset([image])),
        ApplianceInfo(
            command_line = appliance.command_line,
            cpus = appliance.cpus,
            format = format,
            image = image,
            memory = appliance.memory,
            stripped = stripped or image,
        ),
    ]

def _appliance_image_impl(ctx):
    image = ctx.actions.declare_file(ctx.label.name)
    program = ctx.attr.program[0][DefaultInfo].files_to_run.executable
    ctx.actions.symlink(output = image, target_file = program)

    stripped = ctx.actions.declare_file(ctx.label.name[:-len(".elf")] + ".stripped.elf")
    ctx.actions.run(
        arguments = ["--strip-all", "-o", stripped.path, program.path],
        executable = ctx.executable._strip,
        inputs = [program],
        mnemonic = "StripImage",
        outputs = [stripped],
        tools = ctx.files._strip_files,
    )
    return [
        DefaultInfo(files = depset([image]), runfiles = ctx.runfiles([image])),
        OutputGroupInfo(stripped = depset([stripped])),
        ApplianceInfo(
            command_line = ctx.attr.command_line,
            cpus = ctx.attr.cpus,
            format = "elf",
            image = image,
            memory = ctx.attr.memory,
            stripped = stripped,
        ),
    ]

appliance_image = rule(
    implementation = _appliance_image_impl,
    attrs = dict(
        TRANSITION_ATTRS,
        command_line = attr.string(),
        cpus = attr.int(default = 1),
        memory = attr.string(default = "32M"),
        program = attr.label(
            doc = "The cc_binary, built for //toolchain:kernel_x86_64.",
            cfg = to_kernel,
            mandatory = True,
        ),
        _strip = attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@llvm//:bin/llvm-strip",
            executable = True,
        ),
        _strip_files = attr.label(
            cfg = "exec",
            default = "@llvm//:llvm-strip",
        ),
    ),
    doc = "Makes <name> (with symbols) and, in output group \"stripped\", <name without .elf>.stripped.elf.",
    provides = [ApplianceInfo],
)
