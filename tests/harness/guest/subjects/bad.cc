// One case of each bad outcome, and one that must pass all the same.
#include <cstdint>

#include "kernel/testing/testing.h"

namespace {

TEST(Outcome, Fails) {
  volatile int one = 1;
  EXPECT_EQ(one, 41);
}

TEST(Outcome, Crashes) {
  volatile std::uintptr_t nowhere = 0;
  *reinterpret_cast<volatile int*>(nowhere) = 0;  // NOLINT(performance-no-int-to-ptr): on purpose.
}

TEST(Outcome, Hangs) {
  for (volatile int forever = 0;; forever = forever + 1) {
  }
}

TEST(Outcome, PassesAfterAllThat) { EXPECT_TRUE(true); }

}  // namespace
