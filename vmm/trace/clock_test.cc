#include "vmm/trace/clock.h"

#include <gtest/gtest.h>

namespace vmm {
namespace {

TEST(Timeline, IsTheLineThroughItsAnchors) {
  const Timeline timeline({.ticks = 1000, .monotonic_ns = 5000},
                          {.ticks = 3000, .monotonic_ns = 6000}, 800);
  EXPECT_EQ(timeline.origin_ns(), 4900);  // The origin may lie before the first anchor.
  EXPECT_EQ(timeline.SinceOrigin(800), 0);
  EXPECT_EQ(timeline.SinceOrigin(1000), 100);
  EXPECT_EQ(timeline.SinceOrigin(3000), 1100);
  EXPECT_EQ(timeline.SinceOrigin(600), -100);
  EXPECT_EQ(timeline.Duration(200), 100);
}

TEST(Timeline, WithoutAnIntervalEverythingIsAtOnce) {
  const Anchor anchor = {.ticks = 7, .monotonic_ns = 9};
  EXPECT_EQ(Timeline(anchor, anchor, 7).SinceOrigin(1000), 0);
}

TEST(Anchor, TakesBothClocksAtOnce) {
  const Anchor first = Anchor::Take();
  const Anchor second = Anchor::Take();
  EXPECT_LT(first.ticks, second.ticks);
  EXPECT_LE(first.monotonic_ns, second.monotonic_ns);
}

}  // namespace
}  // namespace vmm
