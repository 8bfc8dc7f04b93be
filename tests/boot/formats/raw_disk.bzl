"""raw_disk: the raw disk that lies in a disk file of another format, as an importer would unpack it."""

load("//images:appliance_image.bzl", "ApplianceInfo", "in_format")

# Endings of ApplianceInfo to qemu-img's names.
_TYPES = {
    "qcow2": "qcow2",
    "vhd": "vpc",
    "vmdk": "vmdk",
}

# Arguments: tar, gzip, archive, output.
_UNPACK = """
set -eu
tar=$1 gzip=$2 archive=$3 disk=$4
[ "$("$tar" --list --use-compress-program="$gzip" --file="$archive")" = disk.raw ]
mkdir "$disk.content"
"$tar" --extract --sparse --use-compress-program="$gzip" --file="$archive" --directory="$disk.content"
mv "$disk.content/disk.raw" "$disk"
"""

def _raw_disk_impl(ctx):
    appliance = ctx.attr.appliance[ApplianceInfo]
    disk = ctx.actions.declare_file(ctx.label.name)
    if appliance.format == "gce.tar.gz":
        ctx.actions.run_shell(
            arguments = [ctx.file._tar.path, ctx.file._gzip.path, appliance.image.path, disk.path],
            command = _UNPACK,
            # A GiB of zeros is made faster than fetched.
            execution_requirements = {"no-cache": "1"},
            inputs = [appliance.image],
            mnemonic = "RawDisk",
            outputs = [disk],
            tools = ctx.files._tar_files + ctx.files._gzip_files,
        )
    else:
        ctx.actions.run(
            arguments = ["convert", "-f", _TYPES[appliance.format], "-O", "raw", appliance.image.path, disk.path],
            executable = ctx.file._qemu_img,
            inputs = [appliance.image],
            mnemonic = "RawDisk",
            outputs = [disk],
            tools = ctx.files._qemu_img_files,
        )
    return in_format(appliance, "img", disk)

raw_disk = rule(
    implementation = _raw_disk_impl,
    attrs = {
        "appliance": attr.label(
            doc = "It, as a disk in another format.",
            mandatory = True,
            providers = [ApplianceInfo],
        ),
        "_gzip": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@disk_tools//:bin/gnu-gzip",
        ),
        "_gzip_files": attr.label(
            cfg = "exec",
            default = "@disk_tools//:gnu-gzip",
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
        "_tar": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@disk_tools//:bin/gnu-tar",
        ),
        "_tar_files": attr.label(
            cfg = "exec",
            default = "@disk_tools//:gnu-tar",
        ),
    },
    doc = "Makes <name>.",
    provides = [ApplianceInfo],
)
