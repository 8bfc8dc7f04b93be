// HandoffBuilder: what all boot translators share, from a loader's memory map, command line and
// modules to BootHandoff.
#ifndef BOOT_COMMON_HANDOFF_BUILDER_H_
#define BOOT_COMMON_HANDOFF_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {

/// One entry of a loader's map, types as in E820: 1 usable, 3 ACPI reclaimable, any other reserved.
struct ForeignRange {
  std::uint64_t base;
  std::uint64_t size;
  std::uint32_t type;
};

/// Longest command line that is looked at, its NUL included.
inline constexpr Bytes kMaxCommandLine{65536};

/// Fills handoff.ranges from a map in any order, with overlaps and empty entries.
///
/// Where entries overlap, reserved beats ACPI, and ACPI beats usable; touching ranges of one kind
/// become one. kMalformed: an entry that wraps around, or no usable memory. kNoSpace: more than
/// kMaxRanges are left.
[[nodiscard]] Result<void> SetMemoryMap(abi::BootHandoff& handoff,
                                        std::span<const ForeignRange> map);

/// Sets handoff.command_line to `address`, or to an empty text where the loader gave none (0).
///
/// kOutOfRange: not readable. kMalformed: no NUL within kMaxCommandLine.
[[nodiscard]] Result<void> SetCommandLine(abi::BootHandoff& handoff, const PhysicalMemory& memory,
                                          PhysAddr address);

/// Appends a module: the bytes [base, base + size), and its command line, as for SetCommandLine.
/// Where it lies is looked at when the handoff is complete (boot/common/placement.h).
///
/// kOutOfRange: the command line is not readable. kMalformed: it has no NUL within kMaxCommandLine,
/// or the module wraps around. kNoSpace: there are kMaxModules already.
[[nodiscard]] Result<void> AddModule(abi::BootHandoff& handoff, const PhysicalMemory& memory,
                                     PhysAddr base, Bytes size, PhysAddr command_line);

}  // namespace boot

#endif  // BOOT_COMMON_HANDOFF_BUILDER_H_
