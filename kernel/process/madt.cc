#include "kernel/process/madt.h"

#include <cstdint>
#include <cstring>
#include <expected>

#include "kernel/acpi/tables.h"

namespace kernel::process {
namespace {

constexpr std::uint32_t kLocalApic = 0xfee00000;  // Where the nucleus has it (apic.h).

// Reads a field; `at` has been checked.
template <typename T>
T Field(std::span<const std::byte> bytes, std::size_t at) {
  T value;
  std::memcpy(&value, bytes.subspan(at, sizeof(T)).data(), sizeof(T));
  return value;
}

// Source: table 5.21 (types), 5.22 (local APIC), 5.35 (local x2APIC).
void AddEntry(std::span<const std::byte> entry, CoreList& cores) {
  constexpr std::uint32_t kEnabled = 1;
  const auto type = Field<std::uint8_t>(entry, 0);
  if (type == 0 && entry.size() >= 8 && (Field<std::uint32_t>(entry, 4) & kEnabled) != 0) {
    cores.Add(Field<std::uint8_t>(entry, 3));
  }
  if (type == 9 && entry.size() >= 16 && (Field<std::uint32_t>(entry, 8) & kEnabled) != 0) {
    cores.Add(Field<std::uint32_t>(entry, 4));
  }
}

}  // namespace

Result<CoreList> CoresByMadt(std::span<const std::byte> madt) {
  constexpr std::size_t kEntries = acpi::kHeaderSize + 8;
  if (madt.size() < kEntries) return std::unexpected(Error::kMalformed);
  if (Field<std::uint32_t>(madt, acpi::kHeaderSize) != kLocalApic) {
    return std::unexpected(Error::kNotSupported);
  }
  CoreList cores;
  for (auto left = madt.subspan(kEntries); !left.empty();) {
    const std::size_t size = left.size() < 2 ? 0 : Field<std::uint8_t>(left, 1);
    if (size < 2 || size > left.size()) return std::unexpected(Error::kMalformed);
    AddEntry(left.first(size), cores);
    left = left.subspan(size);
  }
  return cores;
}

}  // namespace kernel::process
