// The host's toolchain: C++23 as libc++ 19 has it, threads, GoogleTest.
#include <expected>
#include <format>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace {

std::expected<int, std::string> Half(int value) {
  if (value % 2 != 0) return std::unexpected(std::format("{} is odd", value));
  return value / 2;
}

TEST(Cpp23, ExpectedAndFormat) {
  EXPECT_EQ(Half(42).value(), 21);
  EXPECT_EQ(Half(7).error(), "7 is odd");
}

TEST(Cpp23, ThreadsJoin) {
  std::vector<int> squares(8);
  std::vector<std::thread> threads;
  threads.reserve(squares.size());
  for (size_t i = 0; i < squares.size(); ++i) {
    threads.emplace_back([&square = squares[i], i] { square = static_cast<int>(i * i); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(squares.back(), 49);
}

}  // namespace
