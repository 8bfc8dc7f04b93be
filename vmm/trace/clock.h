// Ticks: the time-stamp counter, which host and guest read alike and which costs nothing to read.
//
// Source: Intel SDM vol. 3B, section 17.17 (invariant time-stamp counter).
#ifndef VMM_TRACE_CLOCK_H_
#define VMM_TRACE_CLOCK_H_

#include <time.h>

#include <cstdint>

namespace vmm {

using Ticks = std::uint64_t;

inline Ticks Now() { return __builtin_ia32_rdtsc(); }

/// One instant on both clocks.
struct Anchor {
  Ticks ticks;
  std::int64_t monotonic_ns;  // CLOCK_MONOTONIC.

  static Anchor Take() {
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return {Now(), std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec};
  }
};

/// Translates ticks to nanoseconds by the line through two anchors, so that nobody needs to know
/// the counter's frequency. The anchors should enclose what is translated.
class Timeline {
 public:
  Timeline(Anchor first, Anchor last, Ticks origin)
      : first_(first),
        nanoseconds_per_tick_(last.ticks == first.ticks
                                  ? 0.0
                                  : static_cast<double>(last.monotonic_ns - first.monotonic_ns) /
                                        static_cast<double>(last.ticks - first.ticks)),
        origin_ns_(Monotonic(origin)) {}

  /// CLOCK_MONOTONIC at the origin.
  std::int64_t origin_ns() const { return origin_ns_; }
  /// Nanoseconds from the origin to `ticks`.
  std::int64_t SinceOrigin(Ticks ticks) const { return Monotonic(ticks) - origin_ns_; }
  std::int64_t Duration(Ticks ticks) const {
    return static_cast<std::int64_t>(static_cast<double>(ticks) * nanoseconds_per_tick_);
  }

 private:
  std::int64_t Monotonic(Ticks ticks) const {
    const auto since = static_cast<double>(static_cast<std::int64_t>(ticks - first_.ticks));
    return first_.monotonic_ns + static_cast<std::int64_t>(since * nanoseconds_per_tick_);
  }

  Anchor first_;
  double nanoseconds_per_tick_;
  std::int64_t origin_ns_;
};

}  // namespace vmm

#endif  // VMM_TRACE_CLOCK_H_
