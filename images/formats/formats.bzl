"""formats: every file besides the ELF that an appliance can be shipped as. Each is built only when asked for."""

load("//images/formats:boot_image.bzl", "boot_image")
load("//images/formats:disk_image.bzl", "disk_image")
load("//images/formats:efi_image.bzl", "efi_image")
load("//images/formats:esp_image.bzl", "esp_image")
load("//images/formats:fat_image.bzl", "fat_image")
load("//images/formats:flat_image.bzl", "flat_image")
load("//images/formats:gce_image.bzl", "gce_image")
load("//images/formats:iso_image.bzl", "iso_image")
load("//images/formats:multiboot_image.bzl", "multiboot_image")

def formats(name, tags, testonly, visibility):
    """Targets <name>.<format>, made of <name>.elf and of the programs that images/appliance.bzl links.

    Args:
        name: of the appliance.
        tags: of the appliance.
        testonly: as usual.
        visibility: as usual.
    """
    flat_image(
        name = name + "._flat",
        appliance = name + ".elf",
        tags = tags + ["manual"],
        testonly = testonly,
        visibility = ["//visibility:private"],
    )
    efi_image(
        name = name + ".efi",
        appliance = name + ".elf",
        flat = name + "._flat",
        tags = tags + ["manual"],
        testonly = testonly,
        visibility = visibility,
    )
    fat_image(
        name = name + "._fat",
        appliance = name + ".efi",
        tags = tags + ["manual"],
        testonly = testonly,
        visibility = ["//visibility:private"],
    )
    esp_image(
        name = name + ".esp",
        appliance = name + ".efi",
        fat = name + "._fat",
        tags = tags + ["manual"],
        testonly = testonly,
        visibility = visibility,
    )
    for format in ["bzimage", "img", "memory_img"]:
        boot_image(
            name = "%s.%s" % (name, format),
            appliance = name + ".elf",
            flat = name + "._flat",
            format = format,
            tags = tags + ["manual"],
            testonly = testonly,
            visibility = visibility,
        )
    multiboot_image(
        name = name + ".multiboot",
        appliance = name + ".elf",
        program = name + "._multiboot_program",
        tags = tags + ["manual"],
        testonly = testonly,
        visibility = visibility,
    )
    iso_image(
        name = name + ".iso",
        bzimage = name + ".bzimage",
        fat = name + "._fat",
        tags = tags + ["manual"],
        testonly = testonly,
        visibility = visibility,
    )
    for format in ["qcow2", "sparse.vmdk", "vhd", "vmdk"]:
        disk_image(
            name = "%s.%s" % (name, format),
            disk = name + ".img",
            format = format,
            tags = tags + ["manual"],
            testonly = testonly,
            visibility = visibility,
        )
    gce_image(
        name = name + ".gce.tar.gz",
        disk = name + ".img",
        tags = tags + ["manual"],
        testonly = testonly,
        visibility = visibility,
    )
