"""damaged_disk: a disk file of which a part is missing, or one bit is wrong."""

load("//images:appliance_image.bzl", "ApplianceInfo", "in_format")

# Arguments: file, output, length that stays or -1, place of the bit's byte or -1.
_SCRIPT = """
set -eu
file=$1 damaged=$2 length=$3 flip=$4
cp "$file" "$damaged"
chmod 644 "$damaged"
[ "$length" = -1 ] || truncate -s "$length" "$damaged"
[ "$flip" = -1 ] || {
  byte=$(od -An -tu1 -j "$flip" -N 1 "$damaged")
  printf "\\\\$(printf %03o $((byte ^ 1)))" | dd of="$damaged" bs=1 seek="$flip" conv=notrunc status=none
}
! cmp -s "$file" "$damaged"
"""

def _damaged_disk_impl(ctx):
    appliance = ctx.attr.appliance[ApplianceInfo]
    damaged = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.run_shell(
        arguments = [appliance.image.path, damaged.path, str(ctx.attr.length), str(ctx.attr.flip)],
        command = _SCRIPT,
        inputs = [appliance.image],
        mnemonic = "DamagedDisk",
        outputs = [damaged],
    )
    return in_format(appliance, appliance.format, damaged)

damaged_disk = rule(
    implementation = _damaged_disk_impl,
    attrs = {
        "appliance": attr.label(mandatory = True, providers = [ApplianceInfo]),
        "flip": attr.int(default = -1, doc = "The byte whose lowest bit is turned over; -1: none."),
        "length": attr.int(default = -1, doc = "How many bytes stay; -1: all."),
    },
    doc = "Makes <name>, of the same format.",
    provides = [ApplianceInfo],
)
