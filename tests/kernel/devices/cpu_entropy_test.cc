// The processor's random numbers, on the emulated processor that has them.
#include <algorithm>
#include <array>
#include <cstddef>

#include "kernel/devices/entropy.h"
#include "kernel/testing/testing.h"

namespace kernel::devices {
namespace {

TEST(CpuEntropy, GivesOtherBytesEachTime) {
  std::array<std::byte, 61> first{};
  std::array<std::byte, 61> second{};
  ASSERT_TRUE(HasEntropy());
  ASSERT_TRUE(ReadEntropy(first).has_value());
  ASSERT_TRUE(ReadEntropy(second).has_value());
  EXPECT_FALSE(std::ranges::equal(first, second));
  // 61 random bytes of which 16 or more are 0 do not happen.
  EXPECT_LT(std::ranges::count(first, std::byte{0}), 16);
}

}  // namespace
}  // namespace kernel::devices
