"""appliance: a C++ program, linked with just the kernel units that it names, as the whole of a virtual machine."""

load("@rules_cc//cc:defs.bzl", "cc_binary")
load("//images:appliance_image.bzl", "appliance_image")
load("//images:launch.bzl", "launch")
load("//images/formats:formats.bzl", "formats")
load("//kernel:unit_table.bzl", "UNITS", "unit_table")
load("//toolchain/lint:tidy_test.bzl", "tidy_test")

# Whatever machine it meets, an image finds somewhere to print. They are asked in this order.
_CONSOLES = [
    "//kernel/devices/console:monitor_console",
    "//kernel/devices/console:debug_console",
    "//kernel/devices/uart:serial_console",
]

# How an image may be entered: the same program, linked once for each (boot/BUILD).
_BOOT_PATHS = {
    "._multiboot_program": "//boot:multiboot",
    "._program": "//boot:elf",
}

# Units whose system calls //kernel/posix has in a target of their own; those of the others every image may use.
_POSIX_UNITS = ["devices"]

def _posix(units):
    return ["//kernel/posix"] + ["//kernel/posix:" + unit for unit in _POSIX_UNITS if unit in units]

def appliance(
        name,
        srcs,
        deps = [],
        units = [],
        drivers = None,
        memory = "32M",
        cpus = 1,
        command_line = "",
        tags = [],
        testonly = False,
        visibility = None):
    """A program that boots.

    Targets: <name>.elf (PVH note, 64-bit Linux entry, and direct entry for our monitor; with symbols; output group
    "stripped" has it without), <name>.run (our monitor over KVM, QEMU by emulation where there is none) and
    <name>.run_qemu.

    Args:
        name: of the appliance.
        srcs: the program. It defines an ordinary main; its result is the exit status.
        deps: its libraries.
        units: names of kernel units, in any order. "memory" is always in. //kernel/<unit> is then among the deps.
        drivers: labels of drivers, started in this order; by default all consoles if units has "devices", else none.
        memory: of the virtual machine, such as "32M".
        cpus: of the virtual machine. With more than one the image has the unit "process", which starts all that
            the machine has, up to 16.
        command_line: words that main finds as arguments.
        tags: as usual.
        testonly: as usual.
        visibility: as usual.
    """
    for unit in units:
        # Said here too, where the caller's BUILD file is still in the message.
        if unit not in UNITS:
            fail("appliance %s: there is no kernel unit %r; known: %s" % (name, unit, ", ".join(UNITS)))
    if cpus > 1 and "process" not in units:
        units = units + ["process"]
    if drivers == None:
        drivers = _CONSOLES if "devices" in units else []

    unit_table(
        name = name + "._units",
        drivers = drivers,
        program = name,
        tags = ["manual"],
        testonly = testonly,
        units = units,
        visibility = ["//visibility:private"],
    )
    for suffix, boot in _BOOT_PATHS.items():
        cc_binary(
            name = name + suffix,
            srcs = srcs + [":" + name + "._units"],
            additional_linker_inputs = ["//kernel:image.ld"],
            linkopts = [
                "-Wl,-T,$(execpath //kernel:image.ld)",
                # A section that the script does not place would land where nobody protects it.
                "-Wl,--orphan-handling=error",
                # Compiler-rt's objects have unwind tables; the script leaves them out.
                "-Wl,--no-eh-frame-hdr",
            ],
            linkstatic = True,
            tags = ["manual"],
            target_compatible_with = ["//toolchain:kernel"],
            testonly = testonly,
            visibility = ["//visibility:private"],
            deps = deps + _posix(units) + [driver for driver in drivers if driver not in deps] + [boot, "//kernel/start"] +
                   ["//kernel/" + unit for unit in UNITS if unit in units + ["memory"]] +
                   ["//third_party/libcxx"],
        )
    tidy_test(
        name = name + ".tidy",
        environment = "kernel",
        programs = [":" + name + "._program"],
        tags = tags,
    )
    appliance_image(
        name = name + ".elf",
        command_line = command_line,
        cpus = cpus,
        memory = memory,
        program = ":" + name + "._program",
        tags = tags,
        testonly = testonly,
        visibility = visibility,
    )
    formats(
        name = name,
        tags = tags,
        testonly = testonly,
        visibility = visibility,
    )
    for suffix, prefer_qemu in [(".run", False), (".run_qemu", True)]:
        launch(
            name = name + suffix,
            appliance = ":" + name + ".elf",
            prefer_qemu = prefer_qemu,
            tags = tags,
            testonly = testonly,
            visibility = visibility,
        )
