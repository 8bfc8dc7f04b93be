// The process unit's place in the unit table (kernel/start).
#ifndef KERNEL_PROCESS_UNIT_H_
#define KERNEL_PROCESS_UNIT_H_

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::process {

/// Starts every core that the machine has, up to nucleus::kMaxCores, and returns when they run.
///
/// An image goes on with the cores that it has: what keeps it from others is said in one line on
/// the console, and is no Error.
Result<void> Start(const abi::BootHandoff& handoff);

}  // namespace kernel::process

#endif  // KERNEL_PROCESS_UNIT_H_
