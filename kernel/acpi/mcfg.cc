#include "kernel/acpi/mcfg.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>

#include "kernel/acpi/tables.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::acpi {
namespace {

constexpr std::size_t kEntries = kHeaderSize + 8;

struct Entry {
  std::uint64_t base;
  std::uint16_t segment;
  std::uint8_t first_bus;
  std::uint8_t last_bus;
  std::uint32_t reserved;
};
static_assert(sizeof(Entry) == 16);

constexpr Bytes kBusSize{1 << 20};

}  // namespace

Result<Ecam> EcamFrom(std::span<const std::byte> mcfg) {
  for (std::size_t at = kEntries; at + sizeof(Entry) <= mcfg.size(); at += sizeof(Entry)) {
    Entry entry;
    std::memcpy(&entry, mcfg.subspan(at, sizeof(Entry)).data(), sizeof(Entry));
    if (entry.segment != 0) continue;
    const bool aligned = PhysAddr(entry.base).AlignDown(kBusSize) == PhysAddr(entry.base);
    if (!aligned || entry.base == 0 || entry.last_bus < entry.first_bus) {
      return std::unexpected(Error::kMalformed);
    }
    return Ecam{PhysAddr(entry.base), entry.first_bus, entry.last_bus};
  }
  return std::unexpected(Error::kNotFound);
}

}  // namespace kernel::acpi
