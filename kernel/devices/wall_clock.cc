#include "kernel/devices/wall_clock.h"

#include <expected>

#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"

namespace kernel::devices {
namespace {

constinit WallClockReader wall_clock_reader = nullptr;

}  // namespace

Result<Nanoseconds> ReadWallClock() {
  if (wall_clock_reader == nullptr) return std::unexpected(Error::kNotFound);
  return wall_clock_reader();
}

void OfferWallClock(WallClockReader reader) {
  if (wall_clock_reader == nullptr) wall_clock_reader = reader;
}

bool HasWallClock() { return wall_clock_reader != nullptr; }

}  // namespace kernel::devices
