// Waiting, as ring 3 sees it: by the nucleus's timer interrupt, or by our monitor's wait port.
#include <cstdint>

#include "kernel/arch/x86_64/tsc.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/nucleus/wait.h"
#include "kernel/testing/testing.h"

namespace kernel::nucleus {
namespace {

constexpr std::uint64_t kMillisecond = 1'000'000;

std::uint64_t TicksOf(Nanoseconds timeout) {
  const std::uint64_t before = arch::ReadTsc();
  Wait(timeout);
  return arch::ReadTsc() - before;
}

TEST(Wait, ReturnsAtOnceForNoTime) {
  for (int i = 0; i < 100; ++i) Wait(Nanoseconds(0));
}

// How fast the counter runs is not known: a long wait is compared with a short one.
TEST(Wait, ALongWaitTakesLonger) {
  Wait(Nanoseconds(kMillisecond));  // The first one sets things up.
  const std::uint64_t short_wait = TicksOf(Nanoseconds(5 * kMillisecond));
  const std::uint64_t long_wait = TicksOf(Nanoseconds(200 * kMillisecond));
  // Forty times as long; on a busy host the short one may be stretched.
  EXPECT_GT(long_wait, short_wait * 2);
}

TEST(Wait, ManyWaitsEnd) {
  for (int i = 0; i < 200; ++i) Wait(Nanoseconds(kMillisecond / 10));
}

}  // namespace
}  // namespace kernel::nucleus
