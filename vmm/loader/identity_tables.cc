#include "vmm/loader/identity_tables.h"

#include <array>
#include <cstring>

#include "vmm/layout.h"

namespace vmm {
namespace {

// Source: Intel SDM vol. 3A, section 3.4.5; accessed, so that the processor need not write.
constexpr std::array<std::uint64_t, 4> kDescriptors = {0, 0, 0x00af9b000000ffff,
                                                       0x00cf93000000ffff};
static_assert(kLinuxCode == 2 * 8 && kLinuxData == 3 * 8 && kGdtLimit == sizeof(kDescriptors) - 1);

// Source: Intel SDM vol. 3A, section 4.5.
constexpr std::uint64_t kPresent = 1;
constexpr std::uint64_t kWritable = 2;
constexpr std::uint64_t kAccessed = 0x20;
constexpr std::uint64_t kDirty = 0x40;
constexpr std::uint64_t kLarge = 0x80;
constexpr std::uint64_t kTable = kPresent | kWritable | kAccessed;

using Table = std::array<std::uint64_t, 512>;
constexpr std::uint64_t kGigabytes = 4;

GuestAddr TableAddress(std::uint64_t index) {
  return layout::kPageTables + Bytes(index * sizeof(Table));
}

}  // namespace

Result<void> WriteIdentityTables(GuestMemory& memory) {
  const auto descriptors = memory.Slice(layout::kGdt, Bytes(sizeof(kDescriptors)));
  if (!descriptors) return std::unexpected(descriptors.error());
  std::memcpy(descriptors->data(), kDescriptors.data(), sizeof(kDescriptors));

  const auto bytes = memory.Slice(layout::kPageTables, Bytes((2 + kGigabytes) * sizeof(Table)));
  if (!bytes) return std::unexpected(bytes.error());
  const auto put = [&](std::uint64_t table, std::uint64_t entry, std::uint64_t value) {
    std::memcpy(bytes->data() + table * sizeof(Table) + entry * sizeof(value), &value,
                sizeof(value));
  };
  put(0, 0, TableAddress(1).value() | kTable);
  for (std::uint64_t gigabyte = 0; gigabyte < kGigabytes; ++gigabyte) {
    put(1, gigabyte, TableAddress(2 + gigabyte).value() | kTable);
    for (std::uint64_t entry = 0; entry < Table().size(); ++entry) {
      const std::uint64_t address = (gigabyte * Table().size() + entry) << 21;
      put(2 + gigabyte, entry, address | kTable | kDirty | kLarge);
    }
  }
  return {};
}

}  // namespace vmm
