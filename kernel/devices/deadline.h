// Deadline: how long a driver waits for a device, without knowing how fast the time-stamp counter
// runs.
#ifndef KERNEL_DEVICES_DEADLINE_H_
#define KERNEL_DEVICES_DEADLINE_H_

#include <cstdint>

#include "kernel/arch/x86_64/tsc.h"
#include "kernel/base/nanoseconds.h"

namespace kernel::devices {

/// Ends no sooner than `limit` after it was made, and not more than eight times as late: the
/// counter is taken to be as fast as none is.
class Deadline {
 public:
  explicit Deadline(Nanoseconds limit)
      : begin_(arch::ReadTsc()), ticks_(limit.count() * kMostTicksPerNanosecond) {}

  /// Whether the time is over. For a loop that waits: pauses the core a little.
  bool Over() const {
    arch::Pause();
    return arch::ReadTsc() - begin_ > ticks_;
  }

 private:
  static constexpr std::uint64_t kMostTicksPerNanosecond = 8;

  std::uint64_t begin_;
  std::uint64_t ticks_;
};

}  // namespace kernel::devices

#endif  // KERNEL_DEVICES_DEADLINE_H_
