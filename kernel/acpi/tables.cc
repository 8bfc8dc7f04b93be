#include "kernel/acpi/tables.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>
#include <string_view>

#include "boot/common/physical_memory.h"
#include "kernel/acpi/firmware_area.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::acpi {
namespace {

constexpr std::string_view kRsdpSignature = "RSD PTR ";
constexpr std::size_t kRsdpSizeV1 = 20;
constexpr std::size_t kRsdpSizeV2 = 36;

// The DSDT of a large server has some 100 KiB.
constexpr std::uint32_t kLongestTable = 1 << 20;

template <typename T>
T ValueAt(std::span<const std::byte> bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.subspan(offset, sizeof(T)).data(), sizeof(T));
  return value;
}

bool BeginsWith(std::span<const std::byte> bytes, std::string_view text) {
  return bytes.size() >= text.size() && std::memcmp(bytes.data(), text.data(), text.size()) == 0;
}

bool IsRsdp(std::span<const std::byte> bytes) {
  return bytes.size() >= kRsdpSizeV1 && BeginsWith(bytes, kRsdpSignature) &&
         SumIsZero(bytes.first(kRsdpSizeV1));
}

Result<std::span<const std::byte>> TableAt(const boot::PhysicalMemory& memory, PhysAddr address) {
  const auto header = memory.Read(address, Bytes(kHeaderSize));
  if (!header) return header;
  const auto length = ValueAt<std::uint32_t>(*header, 4);
  if (length < kHeaderSize || length > kLongestTable) return std::unexpected(Error::kMalformed);
  const auto table = memory.Read(address, Bytes(length));
  if (table && !SumIsZero(*table)) return std::unexpected(Error::kMalformed);
  return table;
}

/// The table of tables, and how many bytes each of its pointers has.
struct Root {
  PhysAddr address;
  std::size_t pointer_size;
};

Result<Root> RootOf(const boot::PhysicalMemory& memory, PhysAddr rsdp) {
  const auto first = memory.Read(rsdp, Bytes(kRsdpSizeV1));
  if (!first) return std::unexpected(first.error());
  if (!IsRsdp(*first)) return std::unexpected(Error::kMalformed);
  constexpr std::size_t kRevision = 15;
  if (std::to_integer<int>((*first)[kRevision]) >= 2) {
    const auto second = memory.Read(rsdp, Bytes(kRsdpSizeV2));
    if (!second) return std::unexpected(second.error());
    if (!SumIsZero(*second)) return std::unexpected(Error::kMalformed);
    if (const auto xsdt = ValueAt<std::uint64_t>(*second, 24); xsdt != 0) {
      return Root{PhysAddr(xsdt), 8};
    }
  }
  return Root{PhysAddr(ValueAt<std::uint32_t>(*first, 16)), 4};
}

}  // namespace

Result<PhysAddr> FindRsdp(const boot::PhysicalMemory& memory) {
  const PhysAddr rsdp = FindStructure(memory, kRsdpSignature, Bytes(kRsdpSizeV1));
  if (rsdp != PhysAddr(0)) return rsdp;
  return std::unexpected(Error::kNotFound);
}

Result<std::span<const std::byte>> FindTable(const boot::PhysicalMemory& memory, PhysAddr rsdp,
                                             std::string_view signature) {
  const Result<Root> root = RootOf(memory, rsdp);
  if (!root) return std::unexpected(root.error());
  const auto list = TableAt(memory, root->address);
  if (!list) return list;
  for (std::size_t at = kHeaderSize; at + root->pointer_size <= list->size();
       at += root->pointer_size) {
    const PhysAddr address(root->pointer_size == 8 ? ValueAt<std::uint64_t>(*list, at)
                                                   : ValueAt<std::uint32_t>(*list, at));
    const auto header = memory.Read(address, Bytes(kHeaderSize));
    // A table that nobody asked for may lie out of reach.
    if (header && BeginsWith(*header, signature)) return TableAt(memory, address);
  }
  return std::unexpected(Error::kNotFound);
}

}  // namespace kernel::acpi
