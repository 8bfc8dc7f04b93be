#include "kernel/memory/frame_allocator.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::memory {
namespace {

constexpr std::uint64_t kFrames = 64;

class FrameAllocatorTest : public testing::Test {
 protected:
  FrameAllocatorTest() { frames_.Free(arena_.data(), kFrames); }

  std::byte* Frame(std::uint64_t index) { return arena_.data() + index * 4096; }

  alignas(4096) std::array<std::byte, kFrames * 4096> arena_;
  FrameAllocator frames_;
};

TEST_F(FrameAllocatorTest, GivesEveryFrameOnce) {
  std::vector<bool> seen(kFrames);
  for (std::uint64_t i = 0; i < kFrames; ++i) {
    const Result<std::byte*> frame = frames_.Allocate(1);
    ASSERT_TRUE(frame);
    const auto index = static_cast<std::size_t>(*frame - arena_.data()) / 4096;
    EXPECT_FALSE(seen[index]);
    seen[index] = true;
  }
  EXPECT_EQ(frames_.Allocate(1).error(), Error::kNoMemory);
}

TEST_F(FrameAllocatorTest, NeighboursBecomeOneRunAgain) {
  const Result<std::byte*> all = frames_.Allocate(kFrames);
  ASSERT_TRUE(all);
  EXPECT_EQ(frames_.free_pages(), 0u);
  frames_.Free(Frame(10), 5);
  frames_.Free(Frame(20), 5);
  EXPECT_FALSE(frames_.Allocate(6));
  frames_.Free(Frame(15), 5);
  const Result<std::byte*> joined = frames_.Allocate(15);
  ASSERT_TRUE(joined);
  EXPECT_EQ(*joined, Frame(10));
}

TEST_F(FrameAllocatorTest, AFrameFreedTwiceIsOurMistake) {
  ASSERT_TRUE(frames_.Allocate(kFrames));
  frames_.Free(Frame(3), 2);
  EXPECT_DEATH(frames_.Free(Frame(3), 1), "");
  EXPECT_DEATH(frames_.Free(Frame(4), 1), "");
  EXPECT_DEATH(frames_.Free(Frame(2), 2), "");
}

// Every frame is owned by at most one allocation, and all come back, whatever the order.
TEST_F(FrameAllocatorTest, KeepsCountUnderRandomUse) {
  struct Owned {
    std::byte* first;
    std::uint64_t pages;
  };
  std::mt19937 random(1);
  std::vector<Owned> owned;
  std::array<bool, kFrames> used{};
  std::uint64_t used_pages = 0;
  for (int step = 0; step < 20000; ++step) {
    if (random() % 2 == 0) {
      const std::uint64_t pages = random() % 9 + 1;
      const Result<std::byte*> first = frames_.Allocate(pages);
      if (!first) continue;
      for (std::uint64_t i = 0; i < pages; ++i) {
        const auto index = static_cast<std::size_t>(*first - arena_.data()) / 4096 + i;
        ASSERT_LT(index, kFrames);
        ASSERT_FALSE(used[index]);
        used[index] = true;
      }
      owned.push_back({*first, pages});
      used_pages += pages;
    } else if (!owned.empty()) {
      std::swap(owned[random() % owned.size()], owned.back());
      const auto [first, pages] = owned.back();
      owned.pop_back();
      for (std::uint64_t i = 0; i < pages; ++i) {
        used[static_cast<std::size_t>(first - arena_.data()) / 4096 + i] = false;
      }
      used_pages -= pages;
      frames_.Free(first, pages);
    }
    ASSERT_EQ(frames_.free_pages(), kFrames - used_pages);
  }
  for (const auto& [first, pages] : owned) frames_.Free(first, pages);
  EXPECT_TRUE(frames_.Allocate(kFrames));
}

}  // namespace
}  // namespace kernel::memory
