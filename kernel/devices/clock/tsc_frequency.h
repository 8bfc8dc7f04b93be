// How fast the time-stamp counter runs, if the processor or its hypervisor tells.
//
// Source: Intel SDM vol. 2, CPUID leaves 0x15 and 0x16; VMware's hypervisor leaf 0x40000010, which
//         KVM and QEMU have too.
#ifndef KERNEL_DEVICES_CLOCK_TSC_FREQUENCY_H_
#define KERNEL_DEVICES_CLOCK_TSC_FREQUENCY_H_

#include <cstdint>
#include <optional>

#include "kernel/arch/x86_64/cpuid.h"

namespace kernel::devices {

/// Where the processor's words come from: arch::Cpuid, or a test's.
using CpuidReader = arch::CpuidLeaf (*)(std::uint32_t leaf, std::uint32_t subleaf);

/// In kHz; nothing if nobody tells: it must then be measured.
std::optional<std::uint64_t> TscKhzFrom(CpuidReader cpuid);

}  // namespace kernel::devices

#endif  // KERNEL_DEVICES_CLOCK_TSC_FREQUENCY_H_
