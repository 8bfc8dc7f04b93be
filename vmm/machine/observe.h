// What was seen of a machine that has ended, for --stats and --trace.
#ifndef VMM_MACHINE_OBSERVE_H_
#define VMM_MACHINE_OBSERVE_H_

#include "vmm/machine/machine.h"
#include "vmm/trace/clock.h"
#include "vmm/trace/observation.h"

namespace vmm {

/// `first` was taken early in the process's life. The result points into `machine`.
Observation Observe(Machine& machine, const HostMarks& marks, Anchor first);

}  // namespace vmm

#endif  // VMM_MACHINE_OBSERVE_H_
