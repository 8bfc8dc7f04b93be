// The processor's random numbers. Whether the instructions exist, CPUID tells.
//
// Source: Intel SDM vol. 1, section 7.3.17 (random number generator instructions).
#ifndef KERNEL_ARCH_X86_64_RANDOM_H_
#define KERNEL_ARCH_X86_64_RANDOM_H_

#include <cstdint>
#include <optional>

namespace kernel::arch {

/// Straight from the entropy source; nothing if it has none left at the moment.
inline std::optional<std::uint64_t> ReadRandomSeed() {
  std::uint64_t value;
  bool valid;
  __asm__ volatile("rdseed %0" : "=r"(value), "=@ccc"(valid));
  return valid ? std::optional(value) : std::nullopt;
}

/// From the generator that the entropy source seeds; nothing if it failed.
inline std::optional<std::uint64_t> ReadRandom() {
  std::uint64_t value;
  bool valid;
  __asm__ volatile("rdrand %0" : "=r"(value), "=@ccc"(valid));
  return valid ? std::optional(value) : std::nullopt;
}

}  // namespace kernel::arch

#endif  // KERNEL_ARCH_X86_64_RANDOM_H_
