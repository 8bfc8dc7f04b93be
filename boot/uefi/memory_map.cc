#include "boot/uefi/memory_map.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <limits>
#include <optional>
#include <span>

#include "boot/uefi/firmware.h"
#include "kernel/abi/linux_boot.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot::uefi {
namespace {

using abi::linux_boot::E820Entry;

constexpr std::uint32_t kE820Usable = 1;
constexpr std::uint32_t kE820Reserved = 2;
constexpr std::uint32_t kE820Acpi = 3;

Range RangeOf(const MemoryDescriptor& descriptor) {
  const PhysAddr begin(descriptor.physical_start);
  return {begin, begin + Bytes(descriptor.page_count * kernel::kPageSize.count())};
}

std::uint32_t E820TypeOf(const MemoryDescriptor& descriptor) {
  if ((descriptor.attributes & (kMemoryRuntime | kMemorySpecificPurpose)) != 0) {
    return kE820Reserved;
  }
  switch (descriptor.type) {
    case MemoryType::kLoaderCode:
    case MemoryType::kLoaderData:
    case MemoryType::kBootServicesCode:
    case MemoryType::kBootServicesData:
    case MemoryType::kConventional:
      return kE820Usable;
    case MemoryType::kAcpiReclaim:
      return kE820Acpi;
    default:
      return kE820Reserved;
  }
}

bool IsSound(const MemoryDescriptor& descriptor) {
  constexpr std::uint64_t kPage = kernel::kPageSize.count();
  const std::uint64_t begin = descriptor.physical_start;
  const std::uint64_t most = (std::numeric_limits<std::uint64_t>::max() - begin) / kPage;
  return begin % kPage == 0 && descriptor.page_count != 0 && descriptor.page_count <= most;
}

/// Appends `range` to the entries, of which there are `count`; false if there is no room.
bool Append(std::span<E820Entry> entries, std::size_t& count, const Range& range,
            std::uint32_t type) {
  if (count > 0 && entries[count - 1].type == type) {
    E820Entry& last = entries[count - 1];
    const PhysAddr last_end = PhysAddr(last.base) + Bytes(last.size);
    if (range.begin <= last_end) {
      last.size = (std::max(range.end, last_end) - PhysAddr(last.base)).count();
      return true;
    }
  }
  if (count == entries.size()) return false;
  entries[count++] = {range.begin.value(), (range.end - range.begin).count(), type};
  return true;
}

}  // namespace

MemoryDescriptor MemoryMap::Get(std::size_t index) const {
  MemoryDescriptor descriptor;
  std::memcpy(&descriptor, bytes_.subspan(index * descriptor_size_).data(), sizeof(descriptor));
  return descriptor;
}

Result<MemoryMap> MemoryMap::From(std::span<const std::byte> bytes, std::size_t descriptor_size) {
  if (descriptor_size < sizeof(MemoryDescriptor) || bytes.empty() ||
      bytes.size() % descriptor_size != 0) {
    return std::unexpected(Error::kMalformed);
  }
  const MemoryMap map(bytes, descriptor_size);
  for (std::size_t i = 0; i < map.count(); ++i) {
    if (!IsSound(map.Get(i))) return std::unexpected(Error::kMalformed);
  }
  return map;
}

Result<std::size_t> MemoryMap::ToE820(std::span<E820Entry> entries) const {
  std::size_t filled = 0;
  std::optional<std::size_t> last;
  // The firmware's order is any: each round takes the next by address, and by place among equals.
  for (std::size_t round = 0; round < count(); ++round) {
    std::optional<std::size_t> next;
    for (std::size_t i = 0; i < count(); ++i) {
      const std::uint64_t base = Get(i).physical_start;
      if (last) {
        const std::uint64_t last_base = Get(*last).physical_start;
        if (base < last_base || (base == last_base && i <= *last)) continue;
      }
      if (!next || base < Get(*next).physical_start) next = i;
    }
    last = next;
    const MemoryDescriptor descriptor = Get(*next);
    if (!Append(entries, filled, RangeOf(descriptor), E820TypeOf(descriptor))) {
      return std::unexpected(Error::kNoSpace);
    }
  }
  return filled;
}

bool MemoryMap::IsUsable(const Range& range) const {
  for (std::size_t i = 0; i < count(); ++i) {
    const MemoryDescriptor descriptor = Get(i);
    if (E820TypeOf(descriptor) != kE820Usable && RangeOf(descriptor).Overlaps(range)) return false;
  }
  PhysAddr covered = range.begin;
  while (covered < range.end) {
    PhysAddr further = covered;
    for (std::size_t i = 0; i < count(); ++i) {
      const Range part = RangeOf(Get(i));
      if (part.begin <= covered) further = std::max(further, part.end);
    }
    if (further == covered) return false;
    covered = further;
  }
  return true;
}

std::optional<Range> MemoryMap::FindFree(Bytes size, PhysAddr end, const Range& avoided) const {
  std::optional<Range> best;
  const auto consider = [&](PhysAddr begin, PhysAddr last) {
    begin = std::max(begin, PhysAddr(0) + kernel::kPageSize);
    last = std::min(last, end).AlignDown(kernel::kPageSize);
    if (last <= begin || last - begin < size) return;
    const Range found = {last - size, last};
    if (!best || best->begin < found.begin) best = found;
  };
  for (std::size_t i = 0; i < count(); ++i) {
    const MemoryDescriptor descriptor = Get(i);
    if (descriptor.type != MemoryType::kConventional || E820TypeOf(descriptor) != kE820Usable) {
      continue;
    }
    const Range range = RangeOf(descriptor);
    if (!range.Overlaps(avoided)) {
      consider(range.begin, range.end);
    } else {
      consider(range.begin, avoided.begin);
      consider(avoided.end.AlignUp(kernel::kPageSize), range.end);
    }
  }
  return best;
}

}  // namespace boot::uefi
