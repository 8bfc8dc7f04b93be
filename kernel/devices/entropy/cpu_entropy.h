// Entropy of the processor: RDSEED, or RDRAND where there is no RDSEED.
//
// Source: Intel SDM vol. 1, section 7.3.17; vol. 2, CPUID leaves 1 and 7.
#ifndef KERNEL_DEVICES_ENTROPY_CPU_ENTROPY_H_
#define KERNEL_DEVICES_ENTROPY_CPU_ENTROPY_H_

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::devices::cpu_entropy {

/// Offers the source where the processor has one; does not look if there is one already.
Result<void> Start(const abi::BootHandoff& handoff);

}  // namespace kernel::devices::cpu_entropy

#endif  // KERNEL_DEVICES_ENTROPY_CPU_ENTROPY_H_
