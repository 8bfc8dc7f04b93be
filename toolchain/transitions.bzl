"""The configurations of this tree, as transitions for rules: nobody types --platforms.

All of them set the same options, so that two ways to one configuration share one output folder.
"""

_PLATFORMS = "//command_line_option:platforms"
_FEATURES = "//command_line_option:features"
_MODE = "//command_line_option:compilation_mode"

# Bazel names an output folder by the options that some transition on the way has changed. Every transition adds this
# feature, which does nothing, so all ways have changed the same: a musl_binary that an .asan test runs is not a second one.
_MARK = "configured"

# Features that only the host's toolchain has.
_HOST_FEATURES = ["asan", "ubsan", "tsan", "fuzz", "coverage_report"]

def _configuration(settings, platform, add = [], mode = None):
    kept = [name for name in settings[_FEATURES] if name not in _HOST_FEATURES + [_MARK]]
    return {
        _FEATURES: kept + add + [_MARK],
        _MODE: mode or settings[_MODE],
        _PLATFORMS: platform,
    }

def _transition(implementation):
    return transition(
        implementation = implementation,
        inputs = [_FEATURES, _MODE],
        outputs = [_FEATURES, _MODE, _PLATFORMS],
    )

# What every rule with a transition must have, as Bazel wants it.
TRANSITION_ATTRS = {
    "_allowlist_function_transition": attr.label(
        default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
    ),
}

def _to_musl_impl(settings, _attr):
    return _configuration(settings, "//toolchain:linux_musl")

to_musl = _transition(_to_musl_impl)

def _to_kernel_impl(settings, _attr):
    return _configuration(settings, "//toolchain:kernel_x86_64")

to_kernel = _transition(_to_kernel_impl)

def _to_uefi_impl(settings, _attr):
    return _configuration(settings, "//toolchain:uefi_x86_64")

to_uefi = _transition(_to_uefi_impl)

# The one configuration in which the C and C++ libraries are built, for every program and guest.
def _to_libc_impl(settings, _attr):
    return _configuration(settings, "//toolchain:linux_musl", mode = "opt")

to_libc = _transition(_to_libc_impl)

def _to_asan_impl(settings, _attr):
    return _configuration(settings, "//toolchain:host", add = ["asan", "ubsan"])

to_asan = _transition(_to_asan_impl)

def _to_tsan_impl(settings, _attr):
    return _configuration(settings, "//toolchain:host", add = ["tsan"])

to_tsan = _transition(_to_tsan_impl)

def _to_fuzz_impl(settings, _attr):
    return _configuration(settings, "//toolchain:host", add = ["asan", "ubsan", "fuzz"])

to_fuzz = _transition(_to_fuzz_impl)
