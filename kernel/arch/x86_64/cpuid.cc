#include "kernel/arch/x86_64/cpuid.h"

#include <cstdint>

// The linker script looks whether this symbol exists; it comes into the image with this object
// file, and with nothing else. Its value does not matter.
__asm__(
    ".globl image_uses_cpuid\n"
    ".set image_uses_cpuid, 1\n");

namespace kernel::arch {

CpuidLeaf Cpuid(std::uint32_t leaf, std::uint32_t subleaf) {
  CpuidLeaf result;
  __asm__ volatile("cpuid"
                   : "=a"(result.eax), "=b"(result.ebx), "=c"(result.ecx), "=d"(result.edx)
                   : "a"(leaf), "c"(subleaf));
  return result;
}

}  // namespace kernel::arch
