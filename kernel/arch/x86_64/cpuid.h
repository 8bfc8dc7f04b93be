// CPUID. Slow under every hypervisor (each one exits): ask once, at start.
//
// Source: Intel SDM vol. 2, CPUID.
#ifndef KERNEL_ARCH_X86_64_CPUID_H_
#define KERNEL_ARCH_X86_64_CPUID_H_

#include <cstdint>

namespace kernel::arch {

struct CpuidLeaf {
  std::uint32_t eax;
  std::uint32_t ebx;
  std::uint32_t ecx;
  std::uint32_t edx;
};

/// What the processor says of itself. The caller has checked that the leaf exists (leaf 0, %eax).
///
/// Linking this function sets ABI_NEEDS_CPUID in the image's BootBlock: our monitor then spends the
/// time to describe the processor, which it leaves out for images that never ask.
CpuidLeaf Cpuid(std::uint32_t leaf, std::uint32_t subleaf = 0);

}  // namespace kernel::arch

#endif  // KERNEL_ARCH_X86_64_CPUID_H_
