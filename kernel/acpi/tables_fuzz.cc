// Any bytes as the memory in which ACPI's tables lie: the search ends, and reads nothing else.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "boot/common/physical_memory.h"
#include "kernel/acpi/mcfg.h"
#include "kernel/acpi/tables.h"
#include "kernel/base/address.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  const boot::Window window{.base = kernel::PhysAddr(16), .bytes = bytes};
  const boot::PhysicalMemory memory({&window, 1});
  const auto table = kernel::acpi::FindTable(memory, kernel::PhysAddr(16), "MCFG");
  if (table && table->size() < kernel::acpi::kHeaderSize) std::abort();
  // Without the sums, which random bytes do not have.
  if (const auto ecam = kernel::acpi::EcamFrom(bytes); ecam && ecam->last_bus < ecam->first_bus) {
    std::abort();
  }
  return 0;
}
