// The clock of a PC, which QEMU has started at 2030-01-02 03:04:05.
#include <cstdint>

#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/wall_clock.h"
#include "kernel/testing/testing.h"

namespace kernel::devices {
namespace {

TEST(Rtc, TellsTheTimeOfTheMachine) {
  constexpr std::uint64_t kStart = 1893553445;
  const Result<Nanoseconds> time = ReadWallClock();
  ASSERT_TRUE(time.has_value());
  EXPECT_GE(time->count() / 1'000'000'000, kStart);
  // A busy host may take its time to boot.
  EXPECT_LT(time->count() / 1'000'000'000, kStart + 60);
}

}  // namespace
}  // namespace kernel::devices
