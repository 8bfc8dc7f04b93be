"""guest_test: tests of //kernel/testing, each in a fresh virtual machine, on several monitors."""

load("//images:appliance.bzl", "appliance")
load("//images:appliance_image.bzl", "ApplianceInfo")
load("//tests:harness_command.bzl", "HARNESS_ATTRS", "MONITORS", "harness_script", "monitor_arguments", "monitor_tags")

def _guest_test_impl(ctx):
    image = ctx.attr.appliance[ApplianceInfo]
    arguments = monitor_arguments(ctx, image, ctx.attr.monitor, ctx.attr.accelerator) + [
        "--timeout-s=%d" % ctx.attr.boot_timeout,
    ]
    arguments += ["--qemu-flag=" + flag for flag in ctx.attr.qemu_flags]
    return harness_script(ctx, ctx.executable._harness, arguments, [image.image])

_guest_test = rule(
    implementation = _guest_test_impl,
    attrs = dict(
        HARNESS_ATTRS,
        accelerator = attr.string(values = ["kvm", "tcg"]),
        appliance = attr.label(mandatory = True, providers = [ApplianceInfo]),
        boot_timeout = attr.int(),
        monitor = attr.string(values = MONITORS),
        qemu_flags = attr.string_list(),
        _harness = attr.label(cfg = "target", default = "//tests/harness/guest", executable = True),
    ),
    test = True,
)

def guest_test(
        name,
        srcs,
        deps = [],
        units = ["devices"],
        drivers = None,
        monitors = ["vmm_kvm", "qemu_microvm_tcg"],
        memory = "32M",
        qemu_flags = [],
        boot_timeout = 20,
        fails_with = [],
        size = "small",
        tags = [],
        **kwargs):
    """For each monitor a test <name>.<monitor>, which boots a fresh machine for each TEST in srcs.

    A test that crashes or hangs its machine fails alone, with the report of its crash; the others still run.

    Args:
        name: also the appliance that holds the tests (<name>._image.elf).
        srcs: files with TESTs of "kernel/testing/testing.h"; no main.
        deps: what they test.
        units: kernel units of the appliance.
        drivers: as of an appliance.
        monitors: <monitor>_<accelerator>: vmm_kvm, qemu_microvm_tcg, qemu_q35_kvm, …
        memory: of each machine.
        qemu_flags: further flags of QEMU, such as ["-device", "virtio-rng-pci"].
        boot_timeout: seconds after which a test is said to hang.
        fails_with: for tests of the harness itself: it must fail, and say each of these, in this order.
        size: as usual.
        tags: as usual; "kvm" is added where it is needed.
        **kwargs: as usual.
    """
    appliance(
        name = name + "._image",
        srcs = srcs,
        drivers = drivers,
        memory = memory,
        tags = ["manual"],
        testonly = True,
        units = units,
        visibility = ["//visibility:private"],
        deps = deps + [
            "//kernel/testing",
            "//kernel/testing:main",
        ],
    )
    for monitor in monitors:
        machine, _, accelerator = monitor.rpartition("_")
        _guest_test(
            name = "%s.%s" % (name, monitor),
            size = size,
            accelerator = accelerator,
            appliance = ":%s._image.elf" % name,
            boot_timeout = boot_timeout,
            fails_with = fails_with,
            monitor = machine,
            qemu_flags = qemu_flags if machine.startswith("qemu") else [],
            tags = tags + monitor_tags(accelerator),
            **kwargs
        )
