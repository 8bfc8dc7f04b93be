// The image's BootClock: when each mark of this boot was reached.
#ifndef KERNEL_START_BOOT_CLOCK_H_
#define KERNEL_START_BOOT_CLOCK_H_

#include <cstddef>

#include "kernel/abi/boot_mark.h"
#include "kernel/arch/x86_64/tsc.h"

// Named by the BootBlock and written by assembly before anything else runs; defined in
// boot_clock.cc.
extern "C" abi::BootClock boot_clock;

namespace kernel::start {

/// Notes that `mark` has been reached now.
inline void Sample(abi::BootMark mark) {
  boot_clock.tsc[static_cast<std::size_t>(mark)] = arch::ReadTsc();
}

/// Writes the console line that kernel/abi/boot_mark.h promises.
void PrintBootClock();

}  // namespace kernel::start

#endif  // KERNEL_START_BOOT_CLOCK_H_
