"""disk_image: an appliance's raw disk as a file of another disk format."""

load("//images:appliance_image.bzl", "ApplianceInfo", "in_format")

# Each format's name for qemu-img, its options, the least size of the disk in MiB, and whether qemu-img makes up an identity.
# Disks are whole MiB: Azure wants that, and takes none below 20; a smaller VMDK would say that it has no cylinders.
_FORMATS = {
    "qcow2": struct(type = "qcow2", options = "compat=1.1", least_mib = 1, identity = False),
    "sparse.vmdk": struct(type = "vmdk", options = "subformat=monolithicSparse", least_mib = 1, identity = True),
    "vhd": struct(type = "vpc", options = "subformat=fixed,force_size=on", least_mib = 20, identity = True),
    "vmdk": struct(type = "vmdk", options = "subformat=streamOptimized", least_mib = 1, identity = True),
}

# Arguments: qemu-img, raw disk, output, type, options, least size, program that sets the identity or nothing.
_SCRIPT = """
set -eu
qemu_img=$1 disk=$2 image=$3 type=$4 options=$5 mib=$6 set_identity=$7
raw=$image.raw
trap 'rm -f "$raw"' EXIT
size=$(wc -c < "$disk")
needed=$(((size + (1 << 20) - 1) >> 20))
[ $needed -le $mib ] || mib=$needed
cp "$disk" "$raw"
chmod 644 "$raw"
truncate -s ${mib}M "$raw"
"$qemu_img" convert -f raw -O "$type" -o "$options" "$raw" "$image"
[ -z "$set_identity" ] || "$set_identity" "$image" "$(sha256sum < "$disk")"
"""

def _disk_image_impl(ctx):
    format = _FORMATS[ctx.attr.format]
    image = ctx.actions.declare_file(ctx.label.name)
    disk = ctx.attr.disk[ApplianceInfo]
    ctx.actions.run_shell(
        arguments = [
            ctx.file._qemu_img.path,
            disk.image.path,
            image.path,
            format.type,
            format.options,
            str(format.least_mib),
            ctx.executable._set_identity.path if format.identity else "",
        ],
        command = _SCRIPT,
        inputs = [disk.image],
        mnemonic = "DiskImage",
        outputs = [image],
        tools = ctx.files._qemu_img_files + [ctx.executable._set_identity],
    )

    # A monitor reads both kinds of VMDK as one format.
    return in_format(disk, ctx.attr.format.split(".")[-1], image)

disk_image = rule(
    implementation = _disk_image_impl,
    attrs = {
        "disk": attr.label(
            doc = "The appliance as a raw disk.",
            mandatory = True,
            providers = [ApplianceInfo],
        ),
        "format": attr.string(
            doc = "The ending of the file's name.",
            mandatory = True,
            values = _FORMATS.keys(),
        ),
        "_qemu_img": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@qemu//:bin/qemu-img",
        ),
        "_qemu_img_files": attr.label(
            cfg = "exec",
            default = "@qemu//:qemu-img",
        ),
        # It chooses its platform by itself: see musl_binary.
        "_set_identity": attr.label(
            cfg = "target",
            default = "//images/formats/identity:set_identity",
            executable = True,
        ),
    },
    doc = "Makes <name> in that format.",
    provides = [ApplianceInfo],
)
