#include "kernel/devices/clock/tsc_frequency.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "gtest/gtest.h"
#include "kernel/arch/x86_64/cpuid.h"

namespace kernel::devices {
namespace {

arch::CpuidLeaf Leaf(std::uint32_t eax, std::uint32_t ebx = 0, std::uint32_t ecx = 0) {
  return {.eax = eax, .ebx = ebx, .ecx = ecx, .edx = 0};
}

std::map<std::uint32_t, arch::CpuidLeaf> leaves;

arch::CpuidLeaf Read(std::uint32_t leaf, std::uint32_t) {
  const auto found = leaves.find(leaf);
  return found == leaves.end() ? Leaf(0) : found->second;
}

std::optional<std::uint64_t> TscKhz(std::map<std::uint32_t, arch::CpuidLeaf> processor) {
  leaves = std::move(processor);
  return TscKhzFrom(&Read);
}

TEST(TscKhzFrom, AsksTheCrystal) {
  EXPECT_EQ(TscKhz({{0, Leaf(0x16)}, {0x15, Leaf(2, 176, 24'000'000)}}), 2'112'000u);
}

TEST(TscKhzFrom, TakesTheBaseFrequencyWhereTheCrystalIsNotNamed) {
  const arch::CpuidLeaf ratio = Leaf(2, 176);
  EXPECT_EQ(TscKhz({{0, Leaf(0x16)}, {0x15, ratio}, {0x16, Leaf(0xabcd0834)}}), 2'100'000u);
  EXPECT_EQ(TscKhz({{0, Leaf(0x15)}, {0x15, ratio}, {0x16, Leaf(2100)}}), std::nullopt);
}

TEST(TscKhzFrom, BelievesTheHypervisorFirst) {
  std::map<std::uint32_t, arch::CpuidLeaf> processor = {{0, Leaf(0x16)},
                                                        {1, Leaf(0, 0, 0x80000000)},
                                                        {0x15, Leaf(1, 100, 24'000'000)},
                                                        {0x40000000, Leaf(0x40000010)},
                                                        {0x40000010, Leaf(2'995'000)}};
  EXPECT_EQ(TscKhz(processor), 2'995'000u);
  processor[0x40000000].eax = 0x40000001;
  EXPECT_EQ(TscKhz(processor), 2'400'000u);
  // Without a hypervisor the leaf answers with that of another.
  processor[0x40000000].eax = 0x40000010;
  processor[1].ecx = 0;
  EXPECT_EQ(TscKhz(processor), 2'400'000u);
}

TEST(TscKhzFrom, SaysWhenNobodyTells) {
  EXPECT_EQ(TscKhz({}), std::nullopt);
  EXPECT_EQ(TscKhz({{0, Leaf(0x16)}}), std::nullopt);
  EXPECT_EQ(TscKhz({{0, Leaf(0xd)}, {0x15, Leaf(2, 1, 1)}}), std::nullopt);
}

}  // namespace
}  // namespace kernel::devices
