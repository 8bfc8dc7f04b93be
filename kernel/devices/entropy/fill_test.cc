#include "kernel/devices/entropy/fill.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "gtest/gtest.h"
#include "kernel/base/result.h"

namespace kernel::devices {
namespace {

TEST(FillByWords, FillsEveryByteAndNoMore) {
  for (std::size_t size = 0; size <= 20; ++size) {
    std::array<std::byte, 21> bytes{};
    std::size_t words = 0;
    const auto next = [&] {
      ++words;
      return std::optional(~std::uint64_t{0});
    };
    ASSERT_TRUE(FillByWords(std::span(bytes).first(size), next));
    EXPECT_EQ(words, (size + 7) / 8);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      EXPECT_EQ(bytes[i], i < size ? std::byte{0xff} : std::byte{0}) << i << " of " << size;
    }
  }
}

TEST(FillByWords, SaysThatTheSourceGaveNothing) {
  std::array<std::byte, 24> bytes;
  int left = 2;
  const auto next = [&] { return left-- > 0 ? std::optional(std::uint64_t{1}) : std::nullopt; };
  EXPECT_EQ(FillByWords(bytes, next).error(), Error::kDevice);
}

}  // namespace
}  // namespace kernel::devices
