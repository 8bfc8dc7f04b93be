// What an image finds when its main begins.
#include <cstddef>
#include <cstdint>

#include "kernel/abi/boot_mark.h"
#include "kernel/testing/testing.h"

// In kernel/start.
extern "C" const abi::BootClock boot_clock;

namespace {

// A program of a user may well have constructors; ours may not.
struct Counter {
  Counter() : value(++count) {}
  int value;
  static inline int count = 0;
};
Counter first_counter;
Counter second_counter;

TEST(Start, ConstructorsRunInOrderBeforeMain) {
  EXPECT_EQ(Counter::count, 2);
  EXPECT_EQ(first_counter.value, 1);
  EXPECT_EQ(second_counter.value, 2);
}

TEST(Start, MarksWereReachedInOrder) {
  const auto at = [](abi::BootMark mark) { return boot_clock.tsc[static_cast<std::size_t>(mark)]; };
  EXPECT_LT(at(abi::BootMark::kNucleusEntry), at(abi::BootMark::kRing3Entry));
  EXPECT_LT(at(abi::BootMark::kRing3Entry), at(abi::BootMark::kKernelMain));
  EXPECT_LE(at(abi::BootMark::kKernelMain), at(abi::BootMark::kUnitsReady));
  EXPECT_LE(at(abi::BootMark::kUnitsReady), at(abi::BootMark::kAppMain));
  EXPECT_EQ(at(abi::BootMark::kExit), 0u);
}

// The processor state of ring 3: SSE2 works, the stack is aligned as the ABI says.
TEST(Start, FloatingPointWorks) {
  volatile double sum = 0;
  for (int i = 1; i <= 1000; ++i) sum = sum + 1.0 / i;
  EXPECT_GT(sum * 1000, 7485.4);
  EXPECT_LT(sum * 1000, 7485.5);
}

TEST(Start, TheStackIsAligned) {
  alignas(16) volatile char aligned[16] = {};
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&aligned[0]) % 16, 0u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) % 16, 0u);
}

}  // namespace
