"""linker_script: the image's linker script, with the page-table entries of the first 4 MiB written out.

A linker script has no loops, and only the linker knows where text ends and data begins. So each entry is an
expression over the script's own symbols, the same for every page:

    not present                      the null page and the guards under the stacks
    ring 3, read-only                below 1 MiB: the loader's structures
    ring 0, executable               the nucleus's code
    ring 0, read-only                descriptor and page tables, also read-only to the nucleus
    ring 0, writable                 the nucleus's data, also that of further cores
    ring 3, read-only views          of the nucleus's data, for the fault handler, and of physical page 0
    ring 3, executable / read-only / writable    the image, then free memory

Source: Intel SDM vol. 3A, table 4-20. Accessed and dirty bits are set, so that the processor never writes here.
"""

_PRESENT = 0x1
_WRITABLE = 0x2
_USER = 0x4
_ACCESSED = 0x20
_DIRTY = 0x40

_READ = _PRESENT | _ACCESSED
_WRITE = _READ | _WRITABLE | _DIRTY
_NO_EXECUTE = "0x8000000000000000"

_PAGE_SIZE = 0x1000
_PAGES = 1024
_FIRST_MEGABYTE = 0x100
_CORE_STACK_SIZE = 0x8000  # As in kernel/nucleus/layout.h: the guard is the lowest page of each.

def _no_execute(address, flags):
    return "{} + {} + {}".format(_NO_EXECUTE, address, flags)

def _entry(page):
    address = page * _PAGE_SIZE
    if page == 0:
        return "0"
    if page < _FIRST_MEGABYTE:
        return _no_execute(address, _READ | _USER)

    # The first region whose end lies above the page.
    regions = [
        ("nucleus_text_end", "{} + {}".format(address, _READ)),
        ("nucleus_tables_end", _no_execute(address, _READ)),
        ("nucleus_end", _no_execute(address, _WRITE)),
        ("fault_window_end", _no_execute("nucleus_tables_end", _READ | _USER)),
        ("text_begin", _no_execute("0", _READ | _USER)),
        ("text_end", "{} + {}".format(address, _READ | _USER)),
        ("rodata_end", _no_execute(address, _READ | _USER)),
        ("core_pages_begin", _no_execute(address, _WRITE | _USER)),
    ]
    expression = "({0} == fault_stack_guard || {0} == stack_guard) ? 0 : {1}".format(
        address,
        _no_execute(address, _WRITE | _USER),
    )

    # Further cores' own pages and stacks, where there are any.
    expression = "{0} < core_stacks_end ? (({0} - core_stacks_begin) % {1} == 0 ? 0 : {2}) : ({3})".format(
        address,
        _CORE_STACK_SIZE,
        _no_execute(address, _WRITE | _USER),
        expression,
    )
    expression = "{0} < core_pages_end ? {1} : ({2})".format(
        address,
        _no_execute(address, _WRITE),
        expression,
    )
    for end, value in reversed(regions):
        expression = "{} < {} ? {} : ({})".format(address, end, value, expression)
    return expression

def _linker_script_impl(ctx):
    output = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.expand_template(
        template = ctx.file.template,
        output = output,
        substitutions = {
            "@LOW_PAGES@": "\n".join(["    QUAD(%s)" % _entry(page) for page in range(_PAGES)]),
        },
    )
    return [DefaultInfo(files = depset([output]))]

linker_script = rule(
    implementation = _linker_script_impl,
    attrs = {
        "template": attr.label(
            doc = "The script, with the line @LOW_PAGES@ inside the section of page tables.",
            allow_single_file = True,
            mandatory = True,
        ),
    },
    doc = "Writes the linker script <name>.",
)
