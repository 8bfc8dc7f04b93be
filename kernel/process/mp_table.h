// The cores of a machine by the MP table, for machines without ACPI.
//
// Source: MultiProcessor Specification 1.4, section 4 and chapter 5 (default configurations).
#ifndef KERNEL_PROCESS_MP_TABLE_H_
#define KERNEL_PROCESS_MP_TABLE_H_

#include "boot/common/physical_memory.h"
#include "kernel/base/result.h"
#include "kernel/process/core_list.h"

namespace kernel::process {

/// The cores that are enabled.
///
/// kNotFound: no table. kOutOfRange: it lies where the nucleus maps nothing. kMalformed: it breaks
/// the specification. kNotSupported: local APICs elsewhere than usual.
[[nodiscard]] Result<CoreList> CoresByMpTable(const boot::PhysicalMemory& memory);

}  // namespace kernel::process

#endif  // KERNEL_PROCESS_MP_TABLE_H_
