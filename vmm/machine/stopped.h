// Why a guest cannot be continued, in one line with the place where it stopped.
#ifndef VMM_MACHINE_STOPPED_H_
#define VMM_MACHINE_STOPPED_H_

#include <cstdint>

#include "vmm/base/result.h"
#include "vmm/machine/machine.h"

namespace vmm {

/// Whether the guest may run on after an exit with this KVM_EXIT_ number.
bool CanGoOn(std::uint32_t exit_reason);

/// For an exit after which it may not, or a KVM_RUN that failed with the errno -`run_error`.
Error WhyStopped(Machine& machine, Core& core, int run_error);

}  // namespace vmm

#endif  // VMM_MACHINE_STOPPED_H_
