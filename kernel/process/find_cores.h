// Which cores the machine has: from our monitor's word, or from the firmware's tables.
#ifndef KERNEL_PROCESS_FIND_CORES_H_
#define KERNEL_PROCESS_FIND_CORES_H_

#include <optional>

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"
#include "kernel/process/core_list.h"

namespace kernel::process {

struct FoundCores {
  CoreList cores;                   // The calling core included, if there is any.
  std::optional<Error> error = {};  // Why a table cannot be used, if no other names several.
};

/// The handoff's count if it has one, else what ACPI says, else what the MP table says. No core
/// and no error: the machine does not say.
FoundCores FindCores(const abi::BootHandoff& handoff, const boot::PhysicalMemory& memory);

}  // namespace kernel::process

#endif  // KERNEL_PROCESS_FIND_CORES_H_
