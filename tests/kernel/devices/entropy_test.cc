// A source of entropy, whichever driver of the image found one.
#include <algorithm>
#include <array>
#include <cstddef>

#include "kernel/devices/entropy.h"
#include "kernel/testing/testing.h"

namespace kernel::devices {
namespace {

TEST(Entropy, GivesOtherBytesEachTime) {
  // More than a device is asked for at once.
  std::array<std::byte, 611> first{};
  std::array<std::byte, 611> second{};
  ASSERT_TRUE(HasEntropy());
  ASSERT_TRUE(ReadEntropy(first).has_value());
  ASSERT_TRUE(ReadEntropy(second).has_value());
  EXPECT_FALSE(std::ranges::equal(first, second));
  // Two or three of them are 0; 30 do not happen.
  EXPECT_LT(std::ranges::count(first, std::byte{0}), 30);
  EXPECT_LT(std::ranges::count(second, std::byte{0}), 30);
}

}  // namespace
}  // namespace kernel::devices
