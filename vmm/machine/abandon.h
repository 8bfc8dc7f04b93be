// The end of the process, for which the end of the machine need not be waited for.
#ifndef VMM_MACHINE_ABANDON_H_
#define VMM_MACHINE_ABANDON_H_

#include "vmm/machine/machine.h"

namespace vmm {

/// Ends the process with `status` and leaves the machine to the kernel as it is. Where the kernel
/// can, it takes it apart after the process has gone. No destructor runs.
[[noreturn]] void ExitAbandoning(const Machine& machine, int status);

}  // namespace vmm

#endif  // VMM_MACHINE_ABANDON_H_
