#include "kernel/devices/entropy/cpu_entropy.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>

#include "kernel/abi/boot_handoff.h"
#include "kernel/arch/x86_64/cpuid.h"
#include "kernel/arch/x86_64/random.h"
#include "kernel/arch/x86_64/tsc.h"
#include "kernel/base/result.h"
#include "kernel/devices/entropy.h"
#include "kernel/devices/entropy/fill.h"

namespace kernel::devices::cpu_entropy {
namespace {

constexpr std::uint32_t kFeatureLeaf = 1;
constexpr std::uint32_t kRdrand = 1u << 30;  // In %ecx.
constexpr std::uint32_t kExtendedFeatureLeaf = 7;
constexpr std::uint32_t kRdseed = 1u << 18;  // In %ebx.

// The data sheet promises RDRAND within 10 tries; RDSEED may be drained by other cores for longer.
constexpr int kRandomTries = 10;
constexpr int kSeedTries = 1'000'000;

template <auto source, int tries>
std::optional<std::uint64_t> Try() {
  for (int i = 0; i < tries; ++i) {
    if (const std::optional<std::uint64_t> word = source()) return word;
    arch::Pause();
  }
  return std::nullopt;
}

Result<void> ReadSeeds(std::span<std::byte> bytes) {
  return FillByWords(bytes, &Try<&arch::ReadRandomSeed, kSeedTries>);
}

Result<void> ReadRandoms(std::span<std::byte> bytes) {
  return FillByWords(bytes, &Try<&arch::ReadRandom, kRandomTries>);
}

}  // namespace

Result<void> Start(const abi::BootHandoff&) {
  if (HasEntropy()) return {};
  const std::uint32_t last_leaf = arch::Cpuid(0).eax;
  if (last_leaf >= kExtendedFeatureLeaf && (arch::Cpuid(kExtendedFeatureLeaf).ebx & kRdseed) != 0) {
    OfferEntropy(&ReadSeeds);
  } else if (last_leaf >= kFeatureLeaf && (arch::Cpuid(kFeatureLeaf).ecx & kRdrand) != 0) {
    OfferEntropy(&ReadRandoms);
  }
  return {};
}

}  // namespace kernel::devices::cpu_entropy
