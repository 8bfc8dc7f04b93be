// Where a PC's firmware leaves structures that are found by searching, and the search.
//
// Source: ACPI 6.5, section 5.2.5.1; MultiProcessor Specification 1.4, section 4.
#ifndef KERNEL_ACPI_FIRMWARE_AREA_H_
#define KERNEL_ACPI_FIRMWARE_AREA_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "boot/common/physical_memory.h"
#include "kernel/base/address.h"

namespace kernel::acpi {

/// Whether the bytes add up to a multiple of 256, as those of every structure of firmware do.
inline bool SumIsZero(std::span<const std::byte> bytes) {
  std::uint8_t sum = 0;
  for (const std::byte byte : bytes) sum += std::to_integer<std::uint8_t>(byte);
  return sum == 0;
}

/// The address of the first structure of `size` bytes that begins with `signature` and sums to
/// zero, at a multiple of 16 in the first KiB of the extended BIOS data area, the last KiB of base
/// memory, or the BIOS's memory from 0xe0000 on; 0 if there is none.
inline PhysAddr FindStructure(const boot::PhysicalMemory& memory, std::string_view signature,
                              Bytes size) {
  // Word of the BIOS data area: segment of the extended one.
  constexpr PhysAddr kExtendedAreaWord{0x40e};
  constexpr Bytes kStep{16};
  struct Area {
    std::uint64_t begin;
    std::uint64_t size;
  };
  const auto segment = memory.ReadValue<std::uint16_t>(kExtendedAreaWord);
  const std::array<Area, 3> areas = {{
      {segment ? std::uint64_t{*segment} << 4 : 0, 0x400},
      {0x9fc00, 0x400},
      {0xe0000, 0x20000},
  }};
  for (const Area& area : areas) {
    if (area.begin == 0) continue;
    std::span<const std::byte> left = memory.ReadableFrom(PhysAddr(area.begin));
    left = left.first(std::min<std::size_t>(left.size(), area.size));
    for (PhysAddr at(area.begin); left.size() >= size.count();
         left = left.subspan(kStep.count()), at = at + kStep) {
      if (std::memcmp(left.data(), signature.data(), signature.size()) == 0 &&
          SumIsZero(left.first(size.count()))) {
        return at;
      }
      if (left.size() < kStep.count()) break;
    }
  }
  return PhysAddr(0);
}

}  // namespace kernel::acpi

#endif  // KERNEL_ACPI_FIRMWARE_AREA_H_
