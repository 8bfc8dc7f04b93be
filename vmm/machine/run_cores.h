// Several vCPUs, each on a thread of its own.
#ifndef VMM_MACHINE_RUN_CORES_H_
#define VMM_MACHINE_RUN_CORES_H_

#include "vmm/machine/machine.h"

namespace vmm {

/// Runs one vCPU on the calling thread until machine.result is set, by it or by another. In
/// run_loop.cc.
void RunCore(Machine& machine, Core& core);

/// Runs all vCPUs, the first on the calling thread, until machine.result is set; then no thread but
/// the caller is left.
void RunCores(Machine& machine);

}  // namespace vmm

#endif  // VMM_MACHINE_RUN_CORES_H_
