#include "kernel/process/mp_table.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>
#include <string_view>

#include "kernel/acpi/firmware_area.h"
#include "kernel/base/address.h"

namespace kernel::process {
namespace {

constexpr std::uint32_t kLocalApic = 0xfee00000;  // Where the nucleus has it (apic.h).

struct [[gnu::packed]] FloatingPointer {
  char signature[4];
  std::uint32_t table;
  std::uint8_t length;
  std::uint8_t revision;
  std::uint8_t checksum;
  std::uint8_t default_configuration;  // 0: there is a table.
  std::uint32_t features;
};
static_assert(sizeof(FloatingPointer) == 16);

struct [[gnu::packed]] Header {
  char signature[4];
  std::uint16_t length;
  std::uint8_t revision;
  std::uint8_t checksum;
  char names[20];
  std::uint32_t oem_table;
  std::uint16_t oem_size;
  std::uint16_t entry_count;
  std::uint32_t local_apic;
  std::uint32_t extension;
};
static_assert(sizeof(Header) == 44);

struct [[gnu::packed]] Processor {
  std::uint8_t type;  // 0; the others, 1 to 4, have kOtherSize bytes.
  std::uint8_t apic_id;
  std::uint8_t apic_version;
  std::uint8_t flags;
  std::uint32_t signature;
  std::uint32_t features;
  std::uint64_t reserved;
};
static_assert(sizeof(Processor) == 20);
constexpr std::size_t kOtherSize = 8;
constexpr std::uint8_t kLastType = 4;
constexpr std::uint8_t kEnabled = 1;

template <typename T>
T Copy(std::span<const std::byte> bytes) {
  T value;
  std::memcpy(&value, bytes.first(sizeof(T)).data(), sizeof(T));
  return value;
}

Result<CoreList> ReadEntries(std::span<const std::byte> left, std::uint32_t count) {
  CoreList cores;
  for (; count != 0; --count) {
    if (left.empty()) return std::unexpected(Error::kMalformed);
    const auto type = std::to_integer<std::uint8_t>(left[0]);
    const std::size_t size = type == 0 ? sizeof(Processor) : kOtherSize;
    if (type > kLastType || size > left.size()) return std::unexpected(Error::kMalformed);
    if (type == 0) {
      const auto processor = Copy<Processor>(left);
      if ((processor.flags & kEnabled) != 0) cores.Add(processor.apic_id);
    }
    left = left.subspan(size);
  }
  return cores;
}

}  // namespace

Result<CoreList> CoresByMpTable(const boot::PhysicalMemory& memory) {
  const PhysAddr found = acpi::FindStructure(memory, "_MP_", Bytes(sizeof(FloatingPointer)));
  if (found == PhysAddr(0)) return std::unexpected(Error::kNotFound);
  const auto pointer = memory.ReadValue<FloatingPointer>(found);
  if (!pointer) return std::unexpected(pointer.error());
  if (pointer->default_configuration != 0) {
    // Two processors, whose ids are given.
    CoreList cores;
    cores.Add(0);
    cores.Add(1);
    return cores;
  }

  const PhysAddr address(pointer->table);
  const auto header = memory.ReadValue<Header>(address);
  if (!header) return std::unexpected(header.error());
  if (std::memcmp(header->signature, "PCMP", sizeof(header->signature)) != 0 ||
      header->length < sizeof(Header)) {
    return std::unexpected(Error::kMalformed);
  }
  const auto table = memory.Read(address, Bytes(header->length));
  if (!table) return std::unexpected(table.error());
  if (!acpi::SumIsZero(*table)) return std::unexpected(Error::kMalformed);
  if (header->local_apic != kLocalApic) return std::unexpected(Error::kNotSupported);
  return ReadEntries(table->subspan(sizeof(Header)), header->entry_count);
}

}  // namespace kernel::process
