// The memory unit's place in the unit table (kernel/start).
#ifndef KERNEL_MEMORY_UNIT_H_
#define KERNEL_MEMORY_UNIT_H_

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::memory {

/// Keeps `handoff`, which lives as long as the image, for the first Allocate.
Result<void> Start(const abi::BootHandoff& handoff);

}  // namespace kernel::memory

#endif  // KERNEL_MEMORY_UNIT_H_
