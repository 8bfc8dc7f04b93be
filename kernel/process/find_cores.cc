#include "kernel/process/find_cores.h"

#include <cstdint>
#include <expected>

#include "kernel/acpi/tables.h"
#include "kernel/base/address.h"
#include "kernel/process/madt.h"
#include "kernel/process/mp_table.h"

namespace kernel::process {
namespace {

Result<CoreList> CoresByAcpi(const boot::PhysicalMemory& memory, PhysAddr rsdp) {
  if (rsdp == PhysAddr(0)) {
    const auto found = acpi::FindRsdp(memory);
    if (!found) return std::unexpected(found.error());
    rsdp = *found;
  }
  const auto madt = acpi::FindTable(memory, rsdp, "APIC");
  if (!madt) return std::unexpected(madt.error());
  return CoresByMadt(*madt);
}

}  // namespace

FoundCores FindCores(const abi::BootHandoff& handoff, const boot::PhysicalMemory& memory) {
  FoundCores found;
  if (handoff.cpu_count != 0) {
    for (std::uint32_t id = 0; id < handoff.cpu_count; ++id) found.cores.Add(id);
    return found;
  }
  const auto by_acpi = CoresByAcpi(memory, PhysAddr(handoff.rsdp));
  if (by_acpi) return {.cores = *by_acpi};
  const auto by_mp_table = CoresByMpTable(memory);
  if (by_mp_table) {
    found.cores = *by_mp_table;
    // It may name one core of each package only: then the error of the other table counts.
    if (found.cores.ids().size() > 1) return found;
  }
  for (const Error error : {by_acpi.error(), by_mp_table.error_or(Error::kNotFound)}) {
    if (error != Error::kNotFound && !found.error) found.error = error;
  }
  return found;
}

}  // namespace kernel::process
