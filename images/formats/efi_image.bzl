"""efi_image: an appliance as a UEFI application: our loader, with the image and its words as further sections."""

load("//images:appliance_image.bzl", "ApplianceInfo", "in_format")
load("//toolchain:transitions.bzl", "TRANSITION_ATTRS", "to_uefi")

def _efi_image_impl(ctx):
    appliance = ctx.attr.appliance[ApplianceInfo]
    sealed = ctx.actions.declare_file(ctx.label.name + ".sealed")
    ctx.actions.run(
        arguments = [ctx.file.flat.path, sealed.path],
        executable = ctx.executable._seal,
        inputs = [ctx.file.flat],
        mnemonic = "SealImage",
        outputs = [sealed],
    )

    # Named in boot/uefi/loader.h.
    sections = {".image": sealed}
    if appliance.command_line:
        sections[".cmdline"] = ctx.actions.declare_file(ctx.label.name + ".cmdline")
        ctx.actions.write(sections[".cmdline"], appliance.command_line)

    efi = ctx.actions.declare_file(ctx.label.name)
    loader = ctx.attr._loader[0][DefaultInfo].files_to_run.executable
    ctx.actions.run(
        arguments = [
            flag
            for name, file in sections.items()
            for flag in ["--add-section=%s=%s" % (name, file.path), "--set-section-flags=%s=data,readonly" % name]
        ] + [loader.path, efi.path],
        executable = ctx.executable._objcopy,
        inputs = [loader] + sections.values(),
        mnemonic = "EfiImage",
        outputs = [efi],
        tools = ctx.files._objcopy_files,
    )
    return in_format(appliance, "efi", efi)

efi_image = rule(
    implementation = _efi_image_impl,
    attrs = dict(
        TRANSITION_ATTRS,
        appliance = attr.label(
            doc = "Its ELF file.",
            mandatory = True,
            providers = [ApplianceInfo],
        ),
        flat = attr.label(
            allow_single_file = True,
            doc = "Its flat image.",
            mandatory = True,
        ),
        _loader = attr.label(
            cfg = to_uefi,
            default = "//boot/uefi:loader.efi",
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
        _seal = attr.label(
            cfg = "target",
            default = "//images/formats:seal_image",
            executable = True,
        ),
    ),
    doc = "Makes <name>, which UEFI firmware starts. Load options replace the appliance's command line.",
    provides = [ApplianceInfo],
)
