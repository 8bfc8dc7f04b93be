#include "kernel/devices/entropy.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "gtest/gtest.h"
#include "kernel/base/result.h"

namespace kernel::devices {
namespace {

Result<void> First(std::span<std::byte> bytes) {
  std::ranges::fill(bytes, std::byte{1});
  return {};
}

Result<void> Second(std::span<std::byte> bytes) {
  std::ranges::fill(bytes, std::byte{2});
  return {};
}

// One test: the source, once offered, stays.
TEST(Entropy, ComesFromTheFirstSourceThatIsThere) {
  std::array<std::byte, 3> bytes{};
  EXPECT_FALSE(HasEntropy());
  EXPECT_EQ(ReadEntropy(bytes).error(), Error::kNotFound);
  OfferEntropy(&First);
  OfferEntropy(&Second);
  EXPECT_TRUE(HasEntropy());
  EXPECT_TRUE(ReadEntropy(bytes));
  EXPECT_EQ(bytes[2], std::byte{1});
}

}  // namespace
}  // namespace kernel::devices
