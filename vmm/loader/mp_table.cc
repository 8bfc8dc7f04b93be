#include "vmm/loader/mp_table.h"

#include <cstddef>
#include <cstring>
#include <span>

#include "vmm/layout.h"

namespace vmm {
namespace {

struct FloatingPointer {
  char signature[4] = {'_', 'M', 'P', '_'};
  std::uint32_t table = static_cast<std::uint32_t>(layout::kMpTable.value());
  std::uint8_t length = 1;  // In units of 16 bytes.
  std::uint8_t revision = 4;
  std::uint8_t checksum = 0;
  std::uint8_t features[5] = {};
};
static_assert(sizeof(FloatingPointer) == 16);

struct Header {
  char signature[4] = {'P', 'C', 'M', 'P'};
  std::uint16_t length = 0;
  std::uint8_t revision = 4;
  std::uint8_t checksum = 0;
  char oem[8] = {'T', 'O', 'R', 'I', 'T', 'O', ' ', ' '};
  char product[12] = {'V', 'M', 'M', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '};
  std::uint32_t oem_table = 0;
  std::uint16_t oem_size = 0;
  std::uint16_t entry_count = 0;
  std::uint32_t local_apic = 0xfee00000;
  std::uint32_t extension = 0;
};
static_assert(sizeof(Header) == 44);

struct Processor {
  std::uint8_t type = 0;
  std::uint8_t apic_id = 0;
  std::uint8_t apic_version = 0x14;
  std::uint8_t flags = 0;
  std::uint32_t signature = 0x600;  // Family 6.
  std::uint32_t features = 0x201;   // FPU, APIC.
  std::uint32_t reserved[2] = {};
};
static_assert(sizeof(Processor) == 20);
constexpr std::uint8_t kEnabled = 1;
constexpr std::uint8_t kBoots = 2;

static_assert(layout::kMpTable + Bytes(sizeof(Header) + layout::kMaxCpus * sizeof(Processor)) <=
              layout::kMpPointer);

// What makes the bytes add up to a multiple of 256.
std::uint8_t Checksum(std::span<const std::byte> bytes) {
  std::uint8_t sum = 0;
  for (const std::byte byte : bytes) sum = static_cast<std::uint8_t>(sum - std::uint8_t(byte));
  return sum;
}

}  // namespace

Result<void> WriteMpTable(std::uint32_t cpus, GuestMemory& memory) {
  Header header;
  header.length = static_cast<std::uint16_t>(sizeof(Header) + cpus * sizeof(Processor));
  header.entry_count = static_cast<std::uint16_t>(cpus);
  const auto table = memory.Slice(layout::kMpTable, Bytes(header.length));
  if (!table) return std::unexpected(table.error());
  std::memcpy(table->data(), &header, sizeof(header));
  for (std::uint32_t id = 0; id < cpus; ++id) {
    Processor processor;
    processor.apic_id = static_cast<std::uint8_t>(id);
    processor.flags = id == 0 ? kEnabled | kBoots : kEnabled;
    std::memcpy(table->subspan(sizeof(header) + id * sizeof(processor)).data(), &processor,
                sizeof(processor));
  }
  (*table)[offsetof(Header, checksum)] = std::byte{Checksum(*table)};

  FloatingPointer pointer;
  pointer.checksum = Checksum(std::as_bytes(std::span(&pointer, 1)));
  const auto place = memory.Slice(layout::kMpPointer, Bytes(sizeof(pointer)));
  if (!place) return std::unexpected(place.error());
  std::memcpy(place->data(), &pointer, sizeof(pointer));
  return {};
}

}  // namespace vmm
