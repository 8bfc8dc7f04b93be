#include "kernel/debug/backtrace.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/base/address.h"

namespace kernel::debug {
namespace {

constexpr Region kText{VirtAddr(0x1000), VirtAddr(0x2000)};

class BacktraceTest : public testing::Test {
 protected:
  std::uint64_t At(std::size_t index) const { return AddressOf(&stack_[index]).value(); }

  std::vector<std::uint64_t> Walk(std::uint64_t instruction, std::uint64_t stack_pointer,
                                  std::uint64_t frame_pointer, std::size_t limit = 8) {
    std::vector<std::uint64_t> addresses(limit);
    const std::size_t count =
        Backtrace({.instruction = VirtAddr(instruction),
                   .stack_pointer = VirtAddr(stack_pointer),
                   .frame_pointer = VirtAddr(frame_pointer),
                   .stack = {VirtAddr(At(0)), VirtAddr(At(0) + sizeof(stack_))},
                   .text = kText},
                  addresses);
    addresses.resize(count);
    return addresses;
  }

  std::array<std::uint64_t, 32> stack_{};
};

using Addresses = std::vector<std::uint64_t>;

TEST_F(BacktraceTest, FollowsFramesOutwards) {
  stack_[4] = At(10);
  stack_[5] = 0x1111;
  stack_[10] = At(20);
  stack_[11] = 0x1222;
  stack_[20] = 0;
  stack_[21] = 0x1333;
  EXPECT_EQ(Walk(0x1010, At(2), At(4)), (Addresses{0x1010, 0x1111, 0x1222, 0x1333}));
  EXPECT_EQ(Walk(0x1010, At(2), At(4), 2), (Addresses{0x1010, 0x1111}));
  EXPECT_EQ(Walk(0x1010, At(2), At(4), 0), Addresses{});
}

TEST_F(BacktraceTest, ACallOfABadPointerNamesItsCaller) {
  stack_[2] = 0x1050;
  stack_[4] = 0;
  stack_[5] = 0x1111;
  EXPECT_EQ(Walk(0, At(2), At(4)), (Addresses{0, 0x1050, 0x1111}));
  stack_[2] = 0x5000;
  EXPECT_EQ(Walk(0, At(2), At(4)), (Addresses{0, 0x1111}));
}

TEST_F(BacktraceTest, EndsWhereAChainIsBroken) {
  stack_[4] = At(4);  // A circle.
  stack_[5] = 0x1111;
  EXPECT_EQ(Walk(0x1010, At(2), At(4)), (Addresses{0x1010, 0x1111}));
  stack_[4] = At(2);  // Inwards.
  EXPECT_EQ(Walk(0x1010, At(2), At(4)), (Addresses{0x1010, 0x1111}));
  stack_[5] = 0x9999;  // Not text.
  EXPECT_EQ(Walk(0x1010, At(2), At(4)), Addresses{0x1010});
}

TEST_F(BacktraceTest, ReadsNothingOutsideTheStack) {
  EXPECT_EQ(Walk(0x1010, 0, 0), Addresses{0x1010});
  EXPECT_EQ(Walk(0x1010, At(0), At(0) - 8), Addresses{0x1010});
  EXPECT_EQ(Walk(0x1010, At(0), At(31)), Addresses{0x1010});  // Its second word is outside.
  EXPECT_EQ(Walk(0x1010, At(0), At(4) + 1), Addresses{0x1010});
  EXPECT_EQ(Walk(0, ~0ull, ~0ull - 7), Addresses{0});
}

// Under ASan: whatever lies on the stack, the walk ends and stays inside.
TEST_F(BacktraceTest, SurvivesAnyStack) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 20000; ++round) {
    for (std::uint64_t& word : stack_) {
      word = random() % 2 == 0 ? At(random() % 32) + random() % 16 : 0x1000 + random() % 0x1100;
    }
    const Addresses addresses = Walk(random() % 0x3000, At(random() % 32), At(random() % 32), 40);
    ASSERT_GE(addresses.size(), 1u);
    ASSERT_LE(addresses.size(), 18u);
  }
}

}  // namespace
}  // namespace kernel::debug
