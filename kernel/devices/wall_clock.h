// The time of day, as the machine's clock has it.
#ifndef KERNEL_DEVICES_WALL_CLOCK_H_
#define KERNEL_DEVICES_WALL_CLOCK_H_

#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"

namespace kernel::devices {

/// Time since 1970-01-01 00:00:00 UTC. Slow, and some clocks count whole seconds: read it once, and
/// go on with the time-stamp counter.
///
/// kNotFound: the image named no clock, or the machine has none. kTimeout, kMalformed: the clock
/// does not answer, or says what is no time.
[[nodiscard]] Result<Nanoseconds> ReadWallClock();

/// What a driver of a clock does; as ReadWallClock.
using WallClockReader = Result<Nanoseconds> (*)();

/// For drivers: offers a clock. The first that is there stays.
void OfferWallClock(WallClockReader reader);

/// Whether a driver has found its clock: the others need not look for theirs.
bool HasWallClock();

}  // namespace kernel::devices

#endif  // KERNEL_DEVICES_WALL_CLOCK_H_
