"""fat_image: a FAT file system with an appliance's EFI file where firmware looks for it on a medium that may be removed."""

load("//images:appliance_image.bzl", "ApplianceInfo")

# Arguments: folder of mtools, EFI file, output. As small as it may be: always FAT12, which UEFI takes where firmware is to
# look for itself; clusters grow with the file. Sectors are filled up to whole 4096 bytes, the largest that disks have.
# The file system's serial number comes from the content, its dates are the first that FAT knows.
_SCRIPT = """
set -eu
mtools=$1 efi=$2 fat=$3
export MTOOLSRC=/dev/null SOURCE_DATE_EPOCH=315532800 TZ=UTC
size=$(wc -c < "$efi")
cluster=1
while [ $(((size + 512 * cluster - 1) / (512 * cluster))) -gt 4000 ]; do cluster=$((2 * cluster)); done
[ $cluster -le 64 ] || { echo "$efi: $size bytes are more than a FAT12 file system holds" >&2; exit 1; }
# Beside the file: two folders, and seven sectors at most to fill up.
clusters=$(((size + 512 * cluster - 1) / (512 * cluster) + 2 + (7 + cluster - 1) / cluster))
table=$((((clusters + 2) * 3 / 2 + 1 + 511) / 512))
sectors=$(((2 + 2 * table + clusters * cluster) / 8 * 8))
digest=$(sha256sum < "$efi")
"$mtools/mformat" -C -i "$fat" -h 1 -s 1 -T $sectors -c $cluster -r 1 -L $table -m 0xf8 -N ${digest:0:8} -v TORITO ::
"$mtools/mmd" -i "$fat" ::/EFI ::/EFI/BOOT
"$mtools/mcopy" -i "$fat" "$efi" ::/EFI/BOOT/BOOTX64.EFI
"""

def _fat_image_impl(ctx):
    fat = ctx.actions.declare_file(ctx.label.name)
    efi = ctx.attr.appliance[ApplianceInfo].image
    ctx.actions.run_shell(
        arguments = [ctx.file._mformat.dirname, efi.path, fat.path],
        command = _SCRIPT,
        inputs = [efi],
        mnemonic = "FatImage",
        outputs = [fat],
        tools = ctx.files._mtools,
    )
    return [DefaultInfo(files = depset([fat]))]

fat_image = rule(
    implementation = _fat_image_impl,
    attrs = {
        "appliance": attr.label(
            doc = "Its EFI file.",
            mandatory = True,
            providers = [ApplianceInfo],
        ),
        "_mformat": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@disk_tools//:bin/mformat",
        ),
        "_mtools": attr.label(
            cfg = "exec",
            default = "@disk_tools//:mtools",
        ),
    },
    doc = "Makes <name>: a FAT12 file system with EFI/BOOT/BOOTX64.EFI and nothing else.",
)
