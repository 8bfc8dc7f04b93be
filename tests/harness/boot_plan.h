// From the command line of a harness to what is to be booted, and on what: the flags that all
// harnesses share (tests/harness_command.bzl writes them).
#ifndef TESTS_HARNESS_BOOT_PLAN_H_
#define TESTS_HARNESS_BOOT_PLAN_H_

#include <span>
#include <string_view>
#include <vector>

#include "tests/harness/boot.h"
#include "tests/harness/flags.h"

namespace harness {

/// The flags that BootPlanFrom reads, and `more`.
std::vector<std::string_view> BootFlagsAnd(std::span<const std::string_view> more);

/// --monitor, --accelerator, --image, --format, --medium, --firmware, --bus, --bad-sector, --cpu,
/// --memory, --cpus, --cmdline, --initrd, --vmm, --qemu, --ovmf, --timeout-s, --vmm-flag and
/// --qemu-flag. An error names the flag.
[[nodiscard]] Result<BootPlan> BootPlanFrom(const Flags& flags);

}  // namespace harness

#endif  // TESTS_HARNESS_BOOT_PLAN_H_
