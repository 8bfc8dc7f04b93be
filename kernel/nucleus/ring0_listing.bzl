"""ring0_listing: the instructions of libraries' ring-0 sections as text, for the test that judges them."""

load("//toolchain:transitions.bzl", "TRANSITION_ATTRS", "to_kernel")

def _ring0_listing_impl(ctx):
    archives = depset(transitive = [library[DefaultInfo].files for library in ctx.attr.libraries]).to_list()
    listing = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.run_shell(
        # 32-bit and 16-bit parts have sections of their own, for only we know that they are not 64-bit code.
        command = """
set -e
objdump=$1 listing=$2
shift 2
"$objdump" --disassemble --no-show-raw-insn \\
  --section=.nucleus.text --section=.nucleus.stubs "$@" > "$listing"
"$objdump" --disassemble --no-show-raw-insn --triple=i386 --section=.nucleus.text32 "$@" >> "$listing"
"$objdump" --disassemble --no-show-raw-insn --triple=i386-unknown-unknown-code16 --section=.nucleus.text16 "$@" >> "$listing"
""",
        arguments = [ctx.file._objdump.path, listing.path] + [archive.path for archive in archives],
        inputs = archives,
        mnemonic = "Ring0Listing",
        outputs = [listing],
        tools = ctx.files._objdump_files,
    )
    return [DefaultInfo(files = depset([listing]), runfiles = ctx.runfiles([listing]))]

ring0_listing = rule(
    implementation = _ring0_listing_impl,
    attrs = dict(
        TRANSITION_ATTRS,
        libraries = attr.label_list(
            doc = "cc_library targets with code in .nucleus sections.",
            cfg = to_kernel,
            mandatory = True,
        ),
        _objdump = attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@llvm//:bin/llvm-objdump",
        ),
        _objdump_files = attr.label(
            cfg = "exec",
            default = "@llvm//:llvm-objdump",
        ),
    ),
    doc = "Writes the disassembly <name>.",
)
