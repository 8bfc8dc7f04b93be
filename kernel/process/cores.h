// The cores of the machine, and work for them.
#ifndef KERNEL_PROCESS_CORES_H_
#define KERNEL_PROCESS_CORES_H_

#include <cstdint>

#include "kernel/base/result.h"

namespace kernel::process {

/// Cores that run, numbered from 0: 1 to nucleus::kMaxCores. Core 0 runs main.
std::uint32_t CoreCount();

/// The core that calls, 0 to CoreCount() - 1.
std::uint32_t ThisCore();

/// What a core can be given to do. It runs on that core's own stack of 28 KiB.
///
/// Until units are made for several cores, core 0 alone allocates and uses devices.
using Task = void (*)(void* argument);

/// Lets `core` call `task(argument)`; returns at once. May be called on any core.
///
/// kOutOfRange: no such core, or core 0, which has main to run. kBusy: it still has a task.
[[nodiscard]] Result<void> RunOn(std::uint32_t core, Task task, void* argument);

/// Whether `core`, 1 to CoreCount() - 1, has finished what it was given: then all that its task
/// wrote can be seen.
bool IsIdle(std::uint32_t core);

}  // namespace kernel::process

#endif  // KERNEL_PROCESS_CORES_H_
