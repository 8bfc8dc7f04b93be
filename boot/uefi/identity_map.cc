#include "boot/uefi/identity_map.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>

#include "boot/uefi/memory_map.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot::uefi {
namespace {

constexpr std::uint64_t kPresentWritable = 0x3;
constexpr std::uint64_t kLarge = 0x80;
constexpr Bytes kLargePage{0x200000};

// Bits of an address that choose an entry in a table of each level.
constexpr unsigned kRootShift = 39;
constexpr unsigned kGigabyteShift = 30;
constexpr unsigned kLargeShift = 21;

std::size_t IndexOf(PhysAddr address, unsigned shift) { return address.value() >> shift & 511; }

}  // namespace

IdentityMap::IdentityMap(std::span<PageTable> tables) : tables_(tables) {
  for (PageTable& table : tables_) table = {};
}

PageTable* IdentityMap::Below(std::uint64_t& entry) {
  if (entry == 0) {
    if (used_ == tables_.size()) return nullptr;
    entry = AddressOf(tables_[used_++]).value() | kPresentWritable;
  }
  return reinterpret_cast<PageTable*>(kernel::ToPointer(PhysAddr(entry & ~kPresentWritable)));
}

Result<void> IdentityMap::Add(const Range& range) {
  for (PhysAddr page = range.begin.AlignDown(kLargePage); page < range.end;
       page = page + kLargePage) {
    PageTable* const gigabytes = Below(tables_.front().entries[IndexOf(page, kRootShift)]);
    if (gigabytes == nullptr) return std::unexpected(Error::kNoSpace);
    PageTable* const pages = Below(gigabytes->entries[IndexOf(page, kGigabyteShift)]);
    if (pages == nullptr) return std::unexpected(Error::kNoSpace);
    pages->entries[IndexOf(page, kLargeShift)] = page.value() | kLarge | kPresentWritable;
  }
  return {};
}

}  // namespace boot::uefi
