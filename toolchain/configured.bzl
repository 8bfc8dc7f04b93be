"""A program of another configuration under a name of this one: shared by host_test, fuzz_test and musl_binary."""

load("//toolchain:transitions.bzl", "TRANSITION_ATTRS")

def configured_program(ctx):
    """Implements a rule whose attribute `program` has a transition.

    Args:
        ctx: of a rule with the attribute program.

    Returns:
        DefaultInfo with an executable named as the target, and the program's runfiles.
    """
    program = ctx.attr.program

    # The attribute of a transition is a list, even if the transition has one outcome.
    if type(program) == "list":
        program = program[0]
    executable = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.symlink(
        is_executable = True,
        output = executable,
        target_file = program[DefaultInfo].files_to_run.executable,
    )
    return [DefaultInfo(
        executable = executable,
        files = depset([executable]),
        runfiles = ctx.runfiles([executable]).merge(program[DefaultInfo].default_runfiles),
    )]

def program_attrs(transition):
    """The attributes that configured_program wants."""
    return dict(
        TRANSITION_ATTRS,
        program = attr.label(mandatory = True, cfg = transition),
    )
