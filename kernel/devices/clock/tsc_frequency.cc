#include "kernel/devices/clock/tsc_frequency.h"

#include <cstdint>
#include <optional>

#include "kernel/arch/x86_64/cpuid.h"

namespace kernel::devices {
namespace {

constexpr std::uint32_t kFeatures = 0x1;
constexpr std::uint32_t kUnderHypervisor = 1u << 31;  // In %ecx.
constexpr std::uint32_t kCrystal = 0x15;
constexpr std::uint32_t kBaseFrequency = 0x16;
constexpr std::uint32_t kHypervisor = 0x40000000;
constexpr std::uint32_t kHypervisorTiming = 0x40000010;

std::uint64_t FromHypervisor(CpuidReader cpuid) {
  if ((cpuid(kFeatures, 0).ecx & kUnderHypervisor) == 0) return 0;
  const std::uint32_t last = cpuid(kHypervisor, 0).eax;
  if (last < kHypervisorTiming || last > kHypervisor + 0xff) return 0;
  return cpuid(kHypervisorTiming, 0).eax;
}

std::uint64_t FromProcessor(CpuidReader cpuid, std::uint32_t last) {
  if (last < kCrystal) return 0;
  const arch::CpuidLeaf crystal = cpuid(kCrystal, 0);
  if (crystal.eax == 0 || crystal.ebx == 0) return 0;
  if (crystal.ecx != 0) return std::uint64_t{crystal.ecx} * crystal.ebx / crystal.eax / 1000;
  // Some name the ratio only. The counter then runs at the base frequency.
  if (last < kBaseFrequency) return 0;
  return std::uint64_t{cpuid(kBaseFrequency, 0).eax & 0xffff} * 1000;
}

}  // namespace

std::optional<std::uint64_t> TscKhzFrom(CpuidReader cpuid) {
  const std::uint32_t last = cpuid(0, 0).eax;
  if (last < kFeatures) return std::nullopt;
  // A hypervisor may scale the counter, and then it alone knows.
  std::uint64_t khz = FromHypervisor(cpuid);
  if (khz == 0) khz = FromProcessor(cpuid, last);
  return khz == 0 ? std::nullopt : std::optional(khz);
}

}  // namespace kernel::devices
