// The end of a machine, of which the user need not wait for.
#ifndef VMM_MACHINE_ABANDON_H_
#define VMM_MACHINE_ABANDON_H_

#include <memory>

#include "vmm/machine/machine.h"

namespace vmm {

/// To be called last, right before the process ends: leaves the machine to the kernel as it is. Where
/// the kernel can, it takes it apart after the process has gone.
void Abandon(std::unique_ptr<Machine> machine);

}  // namespace vmm

#endif  // VMM_MACHINE_ABANDON_H_
