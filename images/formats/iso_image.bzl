"""iso_image: a CD that BIOS and UEFI firmware start, also when it is written to a disk."""

load("//images:appliance_image.bzl", "ApplianceInfo", "in_format")

# Arguments: xorriso, boot image for BIOS, sector that starts it from a disk, FAT file system, output. The CD's own file system
# holds nothing but the boot image, and 300 KiB of padding: some drives cannot read the last sectors of a CD, and SeaBIOS takes
# no disk below 504 KiB. What UEFI starts lies behind it, once: as El Torito's second entry and as a partition. A partition that
# is marked active, though empty, is what some BIOS want to see on a disk.
_SCRIPT = """
set -eu
xorriso=$1 bios=$2 mbr=$3 fat=$4 iso=$5
export SOURCE_DATE_EPOCH=315532800 TZ=UTC
words=$("$xorriso" -as mkisofs -output "$iso" -volid TORITO --norock --set_all_file_dates 1980010100000000 \\
  -pad -follow-links -eltorito-catalog BOOT.CAT \\
  -eltorito-boot TORITO.BIN -no-emul-boot -boot-load-size 4 -boot-info-table \\
  -eltorito-alt-boot -e --interval:appended_partition_2:all:: -no-emul-boot \\
  -append_partition 2 C12A7328-F81F-11D2-BA4B-00A0C93EC93B "$fat" -appended_part_as_gpt \\
  --grub2-mbr "$mbr" --mbr-force-bootable -graft-points TORITO.BIN="$bios" 2>&1) ||
  { echo "$words" >&2; exit 1; }
"""

def _iso_image_impl(ctx):
    iso = ctx.actions.declare_file(ctx.label.name)
    appliance = ctx.attr.bzimage[ApplianceInfo]
    ctx.actions.run_shell(
        arguments = [
            ctx.file._xorriso.path,
            appliance.image.path,
            ctx.file._mbr.path,
            ctx.file.fat.path,
            iso.path,
        ],
        command = _SCRIPT,
        inputs = [appliance.image, ctx.file._mbr, ctx.file.fat],
        mnemonic = "IsoImage",
        outputs = [iso],
        tools = ctx.files._xorriso_files,
    )
    return in_format(appliance, "iso", iso)

iso_image = rule(
    implementation = _iso_image_impl,
    attrs = {
        "bzimage": attr.label(
            doc = "The appliance with its BIOS loader, which is a boot image for El Torito too (boot/bios).",
            mandatory = True,
            providers = [ApplianceInfo],
        ),
        "fat": attr.label(
            allow_single_file = True,
            doc = "The appliance as a fat_image.",
            mandatory = True,
        ),
        "_mbr": attr.label(
            allow_single_file = True,
            default = "//boot/bios:mbr",
        ),
        "_xorriso": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@disk_tools//:bin/xorriso",
        ),
        "_xorriso_files": attr.label(
            cfg = "exec",
            default = "@disk_tools//:xorriso",
        ),
    },
    doc = "Makes <name>, an ISO 9660 file system with GPT.",
    provides = [ApplianceInfo],
)
