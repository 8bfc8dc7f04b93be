"""boot_test: boots one appliance many times on one monitor, and holds it to its words, its end and its budgets."""

load("//images:appliance_image.bzl", "ApplianceInfo")
load("//tests:harness_command.bzl", "HARNESS_ATTRS", "MONITORS", "harness_script", "monitor_arguments", "monitor_tags")

# Formats that a monitor loads itself, by -kernel.
_KERNEL_FORMATS = ["elf", "multiboot", "bzimage", "efi"]

def _single_file(ctx, target):
    files = target[DefaultInfo].files.to_list()
    if len(files) != 1:
        fail("%s: %s is not one file" % (ctx.label, target.label))
    return files[0]

def _boot_test_impl(ctx):
    appliance = ctx.attr.appliance[ApplianceInfo]

    # A kernel is told its command line when it starts; any other image has it inside.
    words = [word for word in [appliance.command_line, ctx.attr.command_line] if word]
    if appliance.format not in _KERNEL_FORMATS:
        if ctx.attr.command_line:
            fail("%s: the format %s has its command line inside: none can be added" % (ctx.label, appliance.format))
        words = []
    arguments = monitor_arguments(ctx, appliance, ctx.attr.monitor, ctx.attr.accelerator, ctx.attr.cpus) + [
        "--bad-sector=" + ctx.attr.bad_sector,
        "--bus=" + ctx.attr.bus,
        "--cmdline=" + " ".join(words),
        "--cpu=" + ctx.attr.cpu,
        "--firmware=" + ctx.attr.firmware,
        "--initrd=" + ",".join([
            " ".join([_single_file(ctx, target).short_path] + ([words] if words else []))
            for target, words in ctx.attr.modules.items()
        ]),
        "--medium=" + ctx.attr.medium,
        "--stripped-image=" + appliance.stripped.short_path,
        "--unit=" + ctx.executable._unit.short_path,
        "--status=%d" % ctx.attr.status,
        "--boots=%d" % ctx.attr.boots,
        "--warmups=%d" % ctx.attr.warmups,
        "--timeout-s=%d" % ctx.attr.boot_timeout,
    ]
    arguments += ["--memory=" + ctx.attr.memory] if ctx.attr.memory else []
    arguments += ["--expect=" + line for line in ctx.attr.expect]
    arguments += ["--vmm-flag=" + flag for flag in ctx.attr.vmm_flags]
    arguments += ["--qemu-flag=" + flag for flag in ctx.attr.qemu_flags]
    arguments += ["--budget=%s=%s" % (name, ctx.attr.budgets[name]) for name in sorted(ctx.attr.budgets)]
    return harness_script(
        ctx,
        ctx.executable._harness,
        arguments,
        [appliance.image, appliance.stripped, ctx.executable._unit] + ctx.files.modules,
    )

_boot_test = rule(
    implementation = _boot_test_impl,
    attrs = dict(
        HARNESS_ATTRS,
        accelerator = attr.string(values = ["kvm", "tcg"]),
        appliance = attr.label(mandatory = True, providers = [ApplianceInfo]),
        bad_sector = attr.string(),
        boot_timeout = attr.int(),
        boots = attr.int(),
        budgets = attr.string_dict(),
        bus = attr.string(values = ["", "ide", "virtio", "usb", "scsi", "floppy"]),
        command_line = attr.string(),
        cpu = attr.string(),
        cpus = attr.int(),
        expect = attr.string_list(),
        firmware = attr.string(values = ["", "qboot", "seabios", "ovmf"]),
        medium = attr.string(values = ["", "kernel", "disk", "cdrom"]),
        memory = attr.string(),
        modules = attr.label_keyed_string_dict(allow_files = True),
        monitor = attr.string(values = MONITORS),
        qemu_flags = attr.string_list(),
        status = attr.int(),
        vmm_flags = attr.string_list(),
        warmups = attr.int(),
        _harness = attr.label(cfg = "target", default = "//tests/harness:boot", executable = True),
        _unit = attr.label(cfg = "target", default = "//tests/harness/unit:hello", executable = True),
    ),
    test = True,
)

def boot_test(
        name,
        appliance,
        monitor,
        accelerator = "kvm",
        format = "elf",
        firmware = "",
        medium = "",
        bus = "",
        bad_sector = "",
        memory = "",
        cpu = "",
        expect = [],
        status = 0,
        budgets = {},
        boots = 20,
        warmups = 2,
        boot_timeout = 30,
        command_line = "",
        cpus = 0,
        modules = {},
        vmm_flags = [],
        qemu_flags = [],
        fails_with = [],
        size = "small",
        tags = [],
        **kwargs):
    """Fails unless every boot prints what is expected, ends as expected, and every budget is kept.

    Args:
        name: <appliance>_<format>_<monitor>_<accelerator>_test, with what else tells it from others before "_test".
        appliance: its label, without the format.
        monitor: "vmm", "qemu_microvm", "qemu_q35", "qemu_pc" or "qemu_ovmf" (q35 with OVMF).
        accelerator: "kvm", or for QEMU "tcg".
        format: the ending of the appliance's target: "elf", "multiboot", "img", "iso", ...
        firmware: under QEMU: "qboot", "seabios" or "ovmf"; by default what suits monitor and medium.
        medium: under QEMU: "kernel", "disk" or "cdrom"; by default what the format is.
        bus: of a disk or CD: "ide" (the default), "virtio", "usb", "scsi" or, on qemu_pc, "floppy".
        bad_sector: number of a sector of 512 bytes, as a string, that cannot be read from the disk or CD.
        memory: of the machine; by default what the appliance wants.
        cpu: under QEMU: the processor's name; by default all that the accelerator has.
        expect: whole lines that the console must show, in this order.
        status: the exit status of the architecture that is expected.
        budgets: name to limit, both strings; see //tests/harness:budget.h. Deterministic counts and multiples of a
          yardstick are judged always, microseconds with --config=absolute only.
        boots: how many times to boot and measure.
        warmups: boots before that, which are thrown away.
        boot_timeout: seconds after which a boot is said to hang.
        command_line: words after the appliance's own.
        cpus: of the machine; by default the appliance's own number.
        modules: files that QEMU brings along for a kernel, each with words for it. Only the format "multiboot" may have
          words, or more than one file.
        vmm_flags: flags of `vmm run`, such as "--boot=pvh".
        qemu_flags: further flags of QEMU, such as ["-device", "virtio-rng-pci"].
        fails_with: for tests of the harness itself: it must fail, and say each of these, in this order.
        size: as usual.
        tags: as usual; "kvm" and, if time is judged, "exclusive" are added.
        **kwargs: as usual.
    """
    timed = [budget for budget in budgets if "_per_" in budget or budget.endswith("_us")]
    _boot_test(
        name = name,
        size = size,
        accelerator = accelerator,
        appliance = "%s.%s" % (appliance, format),
        bad_sector = bad_sector,
        boot_timeout = boot_timeout,
        boots = boots,
        budgets = budgets,
        bus = bus,
        command_line = command_line,
        cpu = cpu,
        cpus = cpus,
        expect = expect,
        fails_with = fails_with,
        firmware = firmware,
        medium = medium,
        memory = memory,
        modules = modules,
        monitor = monitor,
        qemu_flags = qemu_flags,
        status = status,
        # What disturbs a measurement is not run beside it.
        tags = tags + monitor_tags(accelerator) + (["exclusive"] if timed else []),
        vmm_flags = vmm_flags,
        warmups = warmups,
        **kwargs
    )
