#include "kernel/memory/heap.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::memory {
namespace {

constexpr std::uint64_t kFrames = 512;

struct AlignedDelete {
  void operator()(std::byte* arena) const { operator delete[](arena, std::align_val_t{4096}); }
};

class HeapTest : public testing::Test {
 protected:
  HeapTest() : arena_(new(std::align_val_t{4096}) std::byte[kFrames * 4096]) {
    heap_.AddFrames(arena_.get(), kFrames);
  }

  void* Take(std::uint64_t size, std::uint64_t alignment = 16) {
    const Result<void*> block = heap_.Allocate(Bytes(size), Bytes(alignment));
    return block ? *block : nullptr;
  }

  std::unique_ptr<std::byte[], AlignedDelete> arena_;
  Heap heap_;
};

TEST_F(HeapTest, EverySizeAndAlignmentGivesABlockOfItsOwn) {
  for (std::uint64_t alignment = 1; alignment <= 65536; alignment *= 2) {
    for (std::uint64_t size = 0; size < 9000; size += 1 + size / 7) {
      void* const first = Take(size, alignment);
      void* const second = Take(size, alignment);
      ASSERT_NE(first, nullptr);
      ASSERT_NE(second, nullptr);
      ASSERT_NE(first, second);
      ASSERT_EQ(AddressOf(first).value() % alignment, 0u);
      ASSERT_EQ(AddressOf(second).value() % alignment, 0u);
      // All of it is the block's own: the other's bytes are not among them.
      const std::span<std::byte> bytes(static_cast<std::byte*>(first), heap_.SizeOf(first).count());
      ASSERT_GE(bytes.size(), size);
      std::memset(bytes.data(), 0xaa, bytes.size());
      std::memset(second, 0x55, heap_.SizeOf(second).count());
      // A block of 0 bytes may have none.
      if (!bytes.empty()) ASSERT_EQ(bytes.back(), std::byte{0xaa});
      heap_.Free(first);
      heap_.Free(second);
    }
  }
}

TEST_F(HeapTest, RefusesWhatThereIsNot) {
  EXPECT_EQ(heap_.Allocate(Bytes(kFrames * 4096)).error(), Error::kNoMemory);
  EXPECT_EQ(heap_.Allocate(Bytes(~0ull)).error(), Error::kNoMemory);
  EXPECT_EQ(heap_.Allocate(Bytes(1), Bytes(3)).error(), Error::kInvalidArgument);
  EXPECT_EQ(heap_.Allocate(Bytes(1), Bytes(0)).error(), Error::kInvalidArgument);
  EXPECT_EQ(heap_.Allocate(Bytes(1), Bytes(1ull << 63)).error(), Error::kNoMemory);
}

TEST_F(HeapTest, AllMemoryCanBeUsedAndComesBack) {
  std::vector<void*> blocks;
  while (void* const block = Take(2016)) blocks.push_back(block);
  EXPECT_EQ(blocks.size(), kFrames * 2);
  EXPECT_EQ(heap_.free_pages(), 0u);
  for (void* const block : blocks) heap_.Free(block);
  // All but the one slab that a class keeps.
  EXPECT_EQ(heap_.free_pages(), kFrames - 1);
}

TEST_F(HeapTest, ALoneBlockThatComesAndGoesKeepsItsFrame) {
  void* const first = Take(100);
  heap_.Free(first);
  const std::uint64_t free = heap_.free_pages();
  for (int i = 0; i < 10; ++i) {
    void* const block = Take(100);
    EXPECT_EQ(block, first);
    heap_.Free(block);
    EXPECT_EQ(heap_.free_pages(), free);
  }
}

TEST_F(HeapTest, NullIsFreedForNothing) {
  heap_.Free(nullptr);
  EXPECT_EQ(heap_.free_pages(), kFrames);
}

TEST_F(HeapTest, ForeignPointersAreOurMistake) {
  std::byte* const block = static_cast<std::byte*>(Take(64));
  EXPECT_DEATH(heap_.Free(block + 1), "");
  EXPECT_DEATH(heap_.Free(block + 64), "");
  void* const large = Take(100000);
  heap_.Free(large);
  EXPECT_DEATH(heap_.Free(large), "");
}

// Blocks keep their contents, never overlap, and everything comes back.
TEST_F(HeapTest, KeepsContentsUnderRandomUse) {
  struct Block {
    unsigned char* data;
    std::size_t size;
    unsigned char fill;
  };
  std::mt19937 random(7);
  std::vector<Block> blocks;
  const auto release = [&](const Block& block) {
    ASSERT_TRUE(std::all_of(block.data, block.data + block.size,
                            [&](unsigned char byte) { return byte == block.fill; }));
    heap_.Free(block.data);
  };
  for (int step = 0; step < 60000; ++step) {
    if (random() % 100 < 52) {
      const std::size_t size = random() % (random() % 20 == 0 ? 40000 : 3000);
      const std::size_t alignment = std::size_t{1} << (random() % 14);
      auto* const data = static_cast<unsigned char*>(Take(size, alignment));
      if (data == nullptr) continue;
      ASSERT_EQ(AddressOf(data).value() % alignment, 0u);
      const auto fill = static_cast<unsigned char>(random());
      std::memset(data, fill, size);
      blocks.push_back({data, size, fill});
    } else if (!blocks.empty()) {
      std::swap(blocks[random() % blocks.size()], blocks.back());
      release(blocks.back());
      blocks.pop_back();
    }
  }
  for (const Block& block : blocks) release(block);
  EXPECT_GE(heap_.free_pages(), kFrames - 14);
}

}  // namespace
}  // namespace kernel::memory
