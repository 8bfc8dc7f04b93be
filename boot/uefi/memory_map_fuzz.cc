// Any bytes as a firmware's memory map: what is taken of it ascends, in as few entries as can be,
// and free pages are whole, low and outside of what was to be avoided.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "boot/uefi/firmware.h"
#include "boot/uefi/memory_map.h"
#include "kernel/abi/linux_boot.h"
#include "kernel/base/address.h"

namespace {

using boot::uefi::MemoryMap;
using boot::uefi::PhysAddr;
using boot::uefi::Range;

void Check(bool good) {
  if (!good) std::abort();
}

void CheckEntries(std::span<const abi::linux_boot::E820Entry> entries) {
  Check(!entries.empty());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& entry = entries[i];
    Check(entry.size != 0 && entry.base + entry.size > entry.base);
    if (i == 0) continue;
    const auto& last = entries[i - 1];
    Check(last.base <= entry.base);
    Check(last.type != entry.type || last.base + last.size < entry.base);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  // Sizes around the right one, by the first byte.
  const std::size_t descriptor_size = sizeof(boot::uefi::MemoryDescriptor) - 4 + data[0] % 16;
  const auto map =
      MemoryMap::From(std::as_bytes(std::span(data, size)).subspan(1), descriptor_size);
  if (!map) return 0;

  std::array<abi::linux_boot::E820Entry, 64> entries;
  const auto count = map->ToE820(entries);
  if (count) CheckEntries(std::span(entries).first(*count));

  const Range image = {PhysAddr(0x100000), PhysAddr(0x130000)};
  static_cast<void>(map->IsUsable(image));
  const PhysAddr limit(0x40000000);
  const auto found = map->FindFree(boot::uefi::Bytes(0x19000), limit, image);
  if (found) {
    Check(found->end <= limit && found->begin >= PhysAddr(0x1000) && !found->Overlaps(image));
    Check((found->end - found->begin).count() == 0x19000 && found->begin.value() % 4096 == 0);
  }
  return 0;
}
