// Waiting and stopping: what ring 3 asks of the nucleus, or of our monitor in its place.
#ifndef KERNEL_NUCLEUS_WAIT_H_
#define KERNEL_NUCLEUS_WAIT_H_

#include <cstdint>

#include "kernel/base/nanoseconds.h"

namespace kernel::nucleus {

/// From now on Wait reads the monitor's wait port (kernel/abi/ports.h). Called once, by
/// kernel/start.
void UseWaitPort();

/// From now on Wait halts the core until an interrupt comes, under our monitor too: with several
/// cores, for one core wakes another by an interrupt. Called once, by kernel/process.
void UseInterrupts();

/// Stops the core until something may have happened or `timeout` has passed; may return early.
///
/// Devices are to be polled before and after: an event between a poll and Wait ends the next Wait.
void Wait(Nanoseconds timeout);

/// Ends the machine with a value for ABI_EXIT_PORT; where no device takes it, stops the core for
/// good.
[[noreturn]] void End(std::uint32_t exit_value);

}  // namespace kernel::nucleus

#endif  // KERNEL_NUCLEUS_WAIT_H_
