// The time-stamp counter.
//
// Source: Intel SDM vol. 3B, section 17.17 (edition 081).
#ifndef KERNEL_ARCH_X86_64_TSC_H_
#define KERNEL_ARCH_X86_64_TSC_H_

#include <cstdint>

namespace kernel::arch {

/// Ticks since some start; the read is not ordered against neighbouring instructions.
inline std::uint64_t ReadTsc() {
  std::uint32_t low;
  std::uint32_t high;
  __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
  return static_cast<std::uint64_t>(high) << 32 | low;
}

/// Tells the processor that this is a loop that waits.
inline void Pause() { __asm__ volatile("pause" : : : "memory"); }

}  // namespace kernel::arch

#endif  // KERNEL_ARCH_X86_64_TSC_H_
