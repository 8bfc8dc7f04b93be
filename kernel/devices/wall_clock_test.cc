#include "kernel/devices/wall_clock.h"

#include "gtest/gtest.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"

namespace kernel::devices {
namespace {

// One test: the clock, once offered, stays.
TEST(WallClock, IsTheFirstThatIsThere) {
  EXPECT_FALSE(HasWallClock());
  EXPECT_EQ(ReadWallClock().error(), Error::kNotFound);
  OfferWallClock([]() -> Result<Nanoseconds> { return Nanoseconds(1); });
  OfferWallClock([]() -> Result<Nanoseconds> { return Nanoseconds(2); });
  EXPECT_TRUE(HasWallClock());
  EXPECT_EQ(ReadWallClock(), Nanoseconds(1));
}

}  // namespace
}  // namespace kernel::devices
