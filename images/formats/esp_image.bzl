"""esp_image: a disk that UEFI firmware starts: a GPT with one EFI system partition."""

load("//images:appliance_image.bzl", "ApplianceInfo", "in_format")

# Arguments: sgdisk, FAT file system, output. In front of the partition and behind it lies one table each, on 40 sectors: the
# 33 or 34 that it needs, in whole 4096 bytes. The GUIDs come from the content, in the form that RFC 9562 leaves free
# (version 8).
_SCRIPT = """
set -eu
sgdisk=$1 fat=$2 esp=$3
sectors=$(($(wc -c < "$fat") / 512))
digest=$(sha256sum < "$fat")
guid() { echo "${digest:$1:8}-${digest:$1+8:4}-8${digest:$1+12:3}-8${digest:$1+15:3}-${digest:$1+18:12}"; }
truncate -s $((40 * 512)) "$esp"
cat "$fat" >> "$esp"
truncate -s $(((40 + sectors + 40) * 512)) "$esp"
words=$("$sgdisk" --set-alignment=8 --new=1:40:$((40 + sectors - 1)) --typecode=1:ef00 --change-name='1:EFI System' \\
  --partition-guid=1:$(guid 0) --disk-guid=$(guid 32) "$esp" 2>&1) || { echo "$words" >&2; exit 1; }
"""

def _esp_image_impl(ctx):
    esp = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.run_shell(
        arguments = [ctx.file._sgdisk.path, ctx.file.fat.path, esp.path],
        command = _SCRIPT,
        inputs = [ctx.file.fat],
        mnemonic = "EspImage",
        outputs = [esp],
        tools = ctx.files._sgdisk_files,
    )
    return in_format(ctx.attr.appliance[ApplianceInfo], "esp", esp)

esp_image = rule(
    implementation = _esp_image_impl,
    attrs = {
        "appliance": attr.label(
            doc = "Its EFI file.",
            mandatory = True,
            providers = [ApplianceInfo],
        ),
        "fat": attr.label(
            allow_single_file = True,
            doc = "The fat_image made of it.",
            mandatory = True,
        ),
        "_sgdisk": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@disk_tools//:bin/sgdisk",
        ),
        "_sgdisk_files": attr.label(
            cfg = "exec",
            default = "@disk_tools//:sgdisk",
        ),
    },
    doc = "Makes <name>, a raw disk image.",
    provides = [ApplianceInfo],
)
