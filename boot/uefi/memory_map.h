// The firmware's memory map: what an image may have of it, as an E820 map.
//
// Source: UEFI Specification 2.10, section 7.2.3 (GetMemoryMap), table 7.10 (memory types after
// ExitBootServices).
#ifndef BOOT_UEFI_MEMORY_MAP_H_
#define BOOT_UEFI_MEMORY_MAP_H_

#include <cstddef>
#include <optional>
#include <span>

#include "boot/uefi/firmware.h"
#include "kernel/abi/linux_boot.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot::uefi {

using kernel::Bytes;
using kernel::Error;
using kernel::PhysAddr;
using kernel::Result;

/// [begin, end).
struct Range {
  PhysAddr begin;
  PhysAddr end;

  bool Overlaps(const Range& other) const { return begin < other.end && other.begin < end; }
};

/// A map whose descriptors have been looked at: whole pages, none empty, none wraps around. In any
/// order; they may overlap.
class MemoryMap {
 public:
  /// `bytes`, which outlive the result, as GetMemoryMap filled them.
  ///
  /// kMalformed: a size, an alignment or an end that cannot be, or no descriptor at all.
  [[nodiscard]] static Result<MemoryMap> From(std::span<const std::byte> bytes,
                                              std::size_t descriptor_size);

  /// Fills `entries` with the map in ascending order. What the firmware needs no longer once boot
  /// services have ended is usable; touching entries of one type become one.
  ///
  /// Returns how many; kNoSpace: `entries` are too few.
  [[nodiscard]] Result<std::size_t> ToE820(std::span<abi::linux_boot::E820Entry> entries) const;

  /// Whether all of `range` is RAM that will be free once boot services have ended.
  [[nodiscard]] bool IsUsable(const Range& range) const;

  /// The highest free pages, `size` bytes, that end at `end` or before, outside of `avoided` and of
  /// page 0; nothing if there are none.
  [[nodiscard]] std::optional<Range> FindFree(Bytes size, PhysAddr end, const Range& avoided) const;

 private:
  MemoryMap(std::span<const std::byte> bytes, std::size_t descriptor_size)
      : bytes_(bytes), descriptor_size_(descriptor_size) {}

  std::size_t count() const { return bytes_.size() / descriptor_size_; }
  MemoryDescriptor Get(std::size_t index) const;

  std::span<const std::byte> bytes_;
  std::size_t descriptor_size_;
};

}  // namespace boot::uefi

#endif  // BOOT_UEFI_MEMORY_MAP_H_
