// The image's own heap, over the memory that its loader told of.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>

#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/memory/allocate.h"
#include "kernel/nucleus/image_symbols.h"
#include "kernel/testing/testing.h"

namespace kernel::memory {
namespace {

constexpr Bytes kMegabyte{1 << 20};

TEST(Memory, MostOfTheMachineCanBeUsed) {
  // The tests' machine has 32 MiB.
  EXPECT_GT(GetStats().total, Bytes(30 << 20));
  EXPECT_LT(GetStats().total, Bytes(32 << 20));
}

// Until nothing is left; each byte is written, so that a frame that is no RAM or not ours would
// show.
TEST(Memory, AllOfItIsThereAndNotTheImages) {
  struct Block {
    Block* next;
  };
  const Bytes free_before = GetStats().free;
  Block* blocks = nullptr;
  std::uint64_t count = 0;
  while (const Result<void*> memory = Allocate(Bytes(65000))) {
    std::memset(*memory, 0xa5, 65000);
    const VirtAddr begin = AddressOf(*memory);
    EXPECT_GE(begin.value(), kMegabyte.count());
    EXPECT_FALSE(begin < AddressOf(image_end) && begin + Bytes(65000) > AddressOf(nucleus_begin));
    blocks = new (*memory) Block{blocks};
    ++count;
  }
  EXPECT_GT(count, 400u);
  while (blocks != nullptr) {
    Block* const next = blocks->next;
    Free(blocks);
    blocks = next;
  }
  EXPECT_EQ(GetStats().free, free_before);
}

TEST(Memory, NewAndDeleteWork) {
  struct alignas(256) Aligned {
    int value;
  };
  const auto one = std::make_unique<int>(7);
  const auto many = std::make_unique<int[]>(1000);
  const auto aligned = std::make_unique<Aligned>(Aligned{3});
  EXPECT_EQ(*one, 7);
  EXPECT_EQ(many[999], 0);
  EXPECT_EQ(AddressOf(aligned.get()).value() % 256, 0u);
}

}  // namespace
}  // namespace kernel::memory
