// The life of a machine from its first KVM_RUN to its end.
#ifndef VMM_MACHINE_RUN_LOOP_H_
#define VMM_MACHINE_RUN_LOOP_H_

#include "vmm/base/result.h"
#include "vmm/machine/machine.h"

namespace vmm {

/// Runs until the image ends itself: its result, 0 to ABI_EXIT_STATUS_MAX. kGuestFault if it ends
/// by a fault or in a way that no one can continue, kHostFault if the host is to blame. Sets
/// marks.vcpu_run.
[[nodiscard]] Result<int> RunMachine(Machine& machine, HostMarks& marks);

}  // namespace vmm

#endif  // VMM_MACHINE_RUN_LOOP_H_
