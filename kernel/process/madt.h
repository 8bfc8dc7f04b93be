// The cores of a machine by ACPI's MADT.
//
// Source: ACPI 6.5, section 5.2.12 (MADT).
#ifndef KERNEL_PROCESS_MADT_H_
#define KERNEL_PROCESS_MADT_H_

#include <cstddef>
#include <span>

#include "kernel/base/result.h"
#include "kernel/process/core_list.h"

namespace kernel::process {

/// The cores that are enabled; one that could be plugged in is none.
///
/// kMalformed: the table breaks the specification. kNotSupported: local APICs elsewhere than usual.
[[nodiscard]] Result<CoreList> CoresByMadt(std::span<const std::byte> madt);

}  // namespace kernel::process

#endif  // KERNEL_PROCESS_MADT_H_
