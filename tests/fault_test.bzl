"""fault_test: commits every fault of //tests/kernel/faults on one monitor, and checks each report."""

load("//images:appliance_image.bzl", "ApplianceInfo")
load("//tests:harness_command.bzl", "HARNESS_ATTRS", "MONITORS", "harness_script", "monitor_arguments", "monitor_tags")

def _fault_test_impl(ctx):
    image = ctx.attr._image[ApplianceInfo]
    arguments = monitor_arguments(ctx, image, ctx.attr.monitor, ctx.attr.accelerator) + \
                ["--vmm-flag=" + flag for flag in ctx.attr.vmm_flags]
    return harness_script(ctx, ctx.executable._harness, arguments, [image.image])

_fault_test = rule(
    implementation = _fault_test_impl,
    attrs = dict(
        HARNESS_ATTRS,
        accelerator = attr.string(values = ["kvm", "tcg"]),
        monitor = attr.string(values = MONITORS),
        vmm_flags = attr.string_list(),
        _harness = attr.label(cfg = "target", default = "//tests/kernel/faults:fault", executable = True),
        _image = attr.label(default = "//tests/kernel/faults:faults.elf", providers = [ApplianceInfo]),
    ),
    test = True,
)

def fault_test(name, monitor, accelerator, vmm_flags = [], size = "small", tags = [], **kwargs):
    """Fails unless the report of each fault is right in all its parts.

    Args:
        name: of the test.
        monitor: one of MONITORS.
        accelerator: "kvm" or "tcg".
        vmm_flags: flags of `vmm run`, such as "--boot=pvh".
        size: as usual.
        tags: as usual; "kvm" is added where it is needed.
        **kwargs: as usual.
    """
    _fault_test(
        name = name,
        size = size,
        accelerator = accelerator,
        monitor = monitor,
        tags = tags + monitor_tags(accelerator),
        testonly = True,
        vmm_flags = vmm_flags,
        **kwargs
    )
