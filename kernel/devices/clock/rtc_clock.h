// Wall clock of a PC: its real-time clock, which is taken to run in UTC, in whole seconds.
#ifndef KERNEL_DEVICES_CLOCK_RTC_CLOCK_H_
#define KERNEL_DEVICES_CLOCK_RTC_CLOCK_H_

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::devices::rtc_clock {

/// Offers the clock where the machine has it; does not look under our monitor, which has none.
Result<void> Start(const abi::BootHandoff& handoff);

}  // namespace kernel::devices::rtc_clock

#endif  // KERNEL_DEVICES_CLOCK_RTC_CLOCK_H_
