// Randomness from the processor, by the C and the C++ library.
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <random>

#include "kernel/testing/testing.h"

namespace {

TEST(Entropy, FillsWhatItIsGiven) {
  std::array<std::byte, 64> bytes{};
  EXPECT_EQ(getrandom(bytes.data(), bytes.size(), 0), 64);
  int zeros = 0;
  for (const std::byte byte : bytes) zeros += byte == std::byte{0};
  EXPECT_LT(zeros, 8);
  EXPECT_EQ(getentropy(bytes.data(), 16), 0);
}

TEST(Entropy, IsWhatARandomDeviceGives) {
  std::random_device device;
  const unsigned first = device();
  EXPECT_TRUE(first != device() || first != device());
}

}  // namespace
