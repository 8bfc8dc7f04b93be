// Page tables for the way from the firmware to the image: what is copied, what copies it, and the
// image, each at its own address, writable and executable.
//
// The firmware's own tables may lie in the memory that the image overwrites, and may forbid to
// execute there; the image brings its own soon after.
//
// Source: Intel SDM vol. 3A, section 4.5 (4-level paging, 2-MByte pages).
#ifndef BOOT_UEFI_IDENTITY_MAP_H_
#define BOOT_UEFI_IDENTITY_MAP_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "boot/uefi/memory_map.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot::uefi {

struct alignas(4096) PageTable {
  std::array<std::uint64_t, 512> entries;
};
static_assert(sizeof(PageTable) == 4096);

class IdentityMap {
 public:
  /// `tables` lie at their physical address and outlive this object; the first is the root.
  explicit IdentityMap(std::span<PageTable> tables);

  /// Maps `range`, below 128 TiB, in pages of 2 MiB. kNoSpace: `tables` are too few.
  [[nodiscard]] Result<void> Add(const Range& range);

  PhysAddr root() const { return AddressOf(tables_.front()); }

 private:
  static PhysAddr AddressOf(const PageTable& table) {
    return PhysAddr(reinterpret_cast<std::uintptr_t>(&table));
  }

  /// The table to which `entry` leads, a new one if it leads nowhere; null if there is none left.
  PageTable* Below(std::uint64_t& entry);

  std::span<PageTable> tables_;
  std::size_t used_ = 1;
};

}  // namespace boot::uefi

#endif  // BOOT_UEFI_IDENTITY_MAP_H_
