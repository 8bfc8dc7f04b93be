"""kernel_program: a program of the guest's configuration, for a test to look into."""

load("//toolchain:configured.bzl", "configured_program", "program_attrs")
load("//toolchain:transitions.bzl", "to_kernel")

kernel_program = rule(
    implementation = configured_program,
    attrs = program_attrs(to_kernel),
    executable = True,
)
