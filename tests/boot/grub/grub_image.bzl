"""grub_image: a disk with a real GRUB that starts an appliance."""

load("//images:appliance_image.bzl", "ApplianceInfo", "in_format")

# What is linked into GRUB's core: it finds its files in the archive inside, asks nobody and looks nowhere else.
_MODULES = ["biosdisk", "boot", "halt", "linux", "memdisk", "multiboot", "multiboot2", "serial", "tar", "terminal", "terminfo"]

# Lines of GRUB's rescue parser. What fails says why on the serial port; then the machine is switched off.
_CONFIGURATION = """\
serial --unit=0
terminfo serial dumb
terminal_output serial
{commands}
boot
halt
"""

# GNU tar, for it takes owner, time and names as they should be.
_DISK = """\
set -eu
tar=$1 mkimage=$2 modules=$3 configuration=$4 core=$5 disk=$6
shift 6
files=$disk.files
mkdir "$files"
for file in "$@"; do cp "${{file#*=}}" "$files/${{file%%=*}}"; done
"$tar" --create --file="$disk.tar" --directory="$files" --format=ustar --sort=name --mtime=@0 --owner=0 --group=0 \\
    --numeric-owner --mode=0644 -- $(cd "$files" && echo *)
"$mkimage" --directory="$modules" --format=i386-pc --memdisk="$disk.tar" --prefix='(memdisk)/' \\
    --config="$configuration" --output="$core" {names}
# The core follows the boot sector, which is where that looks for it.
cat "$modules/boot.img" "$core" > "$disk"
rm -r "$files" "$disk.tar" "$core"
"""

def _grub_image_impl(ctx):
    appliance = ctx.attr.appliance[ApplianceInfo]
    disk = ctx.actions.declare_file(ctx.label.name)
    configuration = ctx.actions.declare_file(ctx.label.name + ".cfg")
    ctx.actions.write(configuration, _CONFIGURATION.format(commands = "\n".join(ctx.attr.commands)))
    files = {"kernel": appliance.image}
    for target, name in ctx.attr.files.items():
        files[name] = target[DefaultInfo].files.to_list()[0]

    boot = ctx.file._boot
    ctx.actions.run_shell(
        arguments = [
            ctx.executable._tar.path,
            ctx.executable._mkimage.path,
            boot.dirname,
            configuration.path,
            disk.path + ".core",
            disk.path,
        ] + ["%s=%s" % (name, file.path) for name, file in files.items()],
        command = _DISK.format(names = " ".join(_MODULES)),
        inputs = [boot, configuration] + files.values(),
        mnemonic = "GrubImage",
        outputs = [disk],
        tools = ctx.files._grub + ctx.files._tar_files,
    )
    return in_format(appliance, "img", disk)

grub_image = rule(
    implementation = _grub_image_impl,
    attrs = {
        "appliance": attr.label(
            doc = "What GRUB finds as (memdisk)/kernel, in a format that it loads.",
            mandatory = True,
            providers = [ApplianceInfo],
        ),
        "commands": attr.string_list(doc = "GRUB's, before it boots.", mandatory = True),
        "files": attr.label_keyed_string_dict(
            allow_files = True,
            doc = "Further files, to their names in (memdisk).",
        ),
        "_boot": attr.label(allow_single_file = True, default = "@grub//:usr/lib/grub/i386-pc/boot.img"),
        "_grub": attr.label(cfg = "exec", default = "@grub//:grub"),
        "_mkimage": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@grub//:bin/grub-mkimage",
            executable = True,
        ),
        "_tar": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@disk_tools//:bin/gnu-tar",
            executable = True,
        ),
        "_tar_files": attr.label(cfg = "exec", default = "@disk_tools//:gnu-tar"),
    },
    doc = "Makes <name>, a disk for BIOS. Its name ends in .img.",
    provides = [ApplianceInfo],
)
