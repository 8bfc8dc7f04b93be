// What both versions of Multiboot share: the two sizes of a loader that has no memory map, and the
// longest map.
#ifndef BOOT_MULTIBOOT_BASIC_MEMORY_H_
#define BOOT_MULTIBOOT_BASIC_MEMORY_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "boot/common/handoff_builder.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace boot {

/// As many as the E820 interface of a BIOS can have.
inline constexpr std::size_t kMaxMapEntries = 128;

/// Fills handoff.ranges from the KiB of RAM from 0 and from 1 MiB on. Errors: see SetMemoryMap.
[[nodiscard]] inline Result<void> SetBasicMemory(abi::BootHandoff& handoff, std::uint32_t lower_kib,
                                                 std::uint32_t upper_kib) {
  constexpr std::uint64_t kKib = 1024;
  constexpr std::uint64_t kUpper = 0x100000;
  constexpr std::uint32_t kUsable = 1;
  const std::array<ForeignRange, 2> map = {
      {{0, lower_kib * kKib, kUsable}, {kUpper, upper_kib * kKib, kUsable}}};
  return SetMemoryMap(handoff, map);
}

}  // namespace boot

#endif  // BOOT_MULTIBOOT_BASIC_MEMORY_H_
