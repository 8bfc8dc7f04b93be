"""gce_image: the archive out of which Compute Engine makes a disk."""

load("//images:appliance_image.bzl", "ApplianceInfo", "in_format")

# Arguments: tar, gzip, raw disk, output. What is wanted: one file disk.raw, whole GiB long, in GNU's old format, compressed by
# gzip. Holes are found by reading, so that they do not depend on the machine's file system.
_SCRIPT = """
set -eu
tar=$1 gzip=$2 disk=$3 archive=$4
folder=$archive.content
rm -rf "$folder"
mkdir "$folder"
trap 'rm -rf "$folder"' EXIT
gib=$((1 << 30))
cp "$disk" "$folder/disk.raw"
chmod 644 "$folder/disk.raw"
truncate -s $((($(wc -c < "$disk") + gib - 1) / gib * gib)) "$folder/disk.raw"
"$tar" --create --file="$archive" --use-compress-program="$gzip --no-name --best" --directory="$folder" \\
  --format=oldgnu --sparse --hole-detection=raw --mtime=@315532800 --owner=0 --group=0 --numeric-owner disk.raw
"""

def _gce_image_impl(ctx):
    archive = ctx.actions.declare_file(ctx.label.name)
    disk = ctx.attr.disk[ApplianceInfo]
    ctx.actions.run_shell(
        arguments = [ctx.file._tar.path, ctx.file._gzip.path, disk.image.path, archive.path],
        command = _SCRIPT,
        inputs = [disk.image],
        mnemonic = "GceImage",
        outputs = [archive],
        tools = ctx.files._tar_files + ctx.files._gzip_files,
    )
    return in_format(disk, "gce.tar.gz", archive)

gce_image = rule(
    implementation = _gce_image_impl,
    attrs = {
        "disk": attr.label(
            doc = "The appliance as a raw disk.",
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
    doc = "Makes <name>, a gzip'd tar archive of disk.raw.",
    provides = [ApplianceInfo],
)
