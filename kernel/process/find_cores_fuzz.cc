// Any bytes as the tables of the firmware: what is found is a list of cores that can be, or an
// error, and nothing else is read.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/process/core_list.h"
#include "kernel/process/find_cores.h"
#include "kernel/process/madt.h"

namespace {

constexpr std::size_t kMpTable = 32;  // After the floating pointer; what the table's sum covers.

void Seal(std::span<std::uint8_t> bytes, std::size_t place) {
  std::uint8_t sum = 0;
  for (const std::uint8_t byte : bytes) sum = static_cast<std::uint8_t>(sum + byte);
  bytes[place] = static_cast<std::uint8_t>(bytes[place] - sum);
}

void Check(const kernel::process::CoreList& cores) {
  for (const std::uint8_t id : cores.ids()) {
    if (id == 0xff || std::ranges::count(cores.ids(), id) != 1) std::abort();
  }
}

// The MP table, with signatures and sums in place, for the fuzzer would spend its runs to find
// them.
void TryMpTable(std::span<const std::uint8_t> data) {
  constexpr std::uint32_t kBase = 0xf0000;
  std::vector<std::uint8_t> bytes(std::max(kMpTable + 44, kMpTable + data.size()));
  std::copy(data.begin(), data.end(), bytes.begin() + kMpTable);
  std::memcpy(bytes.data(), "_MP_", 4);
  const std::uint32_t table = kBase + kMpTable;
  std::memcpy(&bytes[4], &table, sizeof(table));
  Seal(std::span(bytes).first(16), 10);
  const auto length =
      static_cast<std::uint16_t>(std::min<std::size_t>(bytes.size() - kMpTable, 0xffff));
  const std::uint32_t local_apic = 0xfee00000;
  std::memcpy(&bytes[kMpTable], "PCMP", 4);
  std::memcpy(&bytes[kMpTable + 4], &length, sizeof(length));
  std::memcpy(&bytes[kMpTable + 36], &local_apic, sizeof(local_apic));
  Seal(std::span(bytes).subspan(kMpTable, length), 7);
  const boot::Window window{.base = kernel::PhysAddr(kBase),
                            .bytes = std::as_bytes(std::span(bytes))};
  const abi::BootHandoff handoff{};
  Check(kernel::process::FindCores(handoff, boot::PhysicalMemory({&window, 1})).cores);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> input(data, size);
  if (const auto cores = kernel::process::CoresByMadt(std::as_bytes(input))) Check(*cores);
  TryMpTable(input);
  return 0;
}
