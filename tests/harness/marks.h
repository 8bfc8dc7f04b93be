// The instants of one boot on the harness's clock, from whichever monitor.
//
// Our monitor writes them itself (`vmm run --stats`). Under QEMU the image prints its time-stamp
// counter at each mark as its last line (kernel/abi/boot_mark.h): the arrival of that line on the
// host ties the counter to the clock.
#ifndef TESTS_HARNESS_MARKS_H_
#define TESTS_HARNESS_MARKS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "images/monitors/process.h"
#include "kernel/abi/boot_mark.h"
#include "tests/json/json.h"

namespace harness {

using monitors::Result;

/// An instant, in nanoseconds since the exec of the monitor: since the child of the harness was
/// about to become it.
struct Mark {
  std::string name;
  std::int64_t at_ns;
};

/// Ascending in time.
using Marks = std::vector<Mark>;

/// The marks that `vmm run --stats` writes, in order; those under QEMU are the last six.
inline constexpr std::array<std::string_view, 10> kAllMarks = {
    "monitor_start", "vm_created",  "image_loaded", "vcpu_run", "nucleus_entry",
    "ring3_entry",   "kernel_main", "units_ready",  "app_main", "exit"};

/// The time of that mark; -1 if there is none.
std::int64_t At(const Marks& marks, std::string_view name);

/// Measures the rate of the time-stamp counter against the monotonic clock: the longer it lives,
/// the better. A guest under QEMU counts at the same rate, with either accelerator.
class TickRate {
 public:
  TickRate();
  double nanoseconds_per_tick() const;

 private:
  std::int64_t start_ns_;
  std::uint64_t start_ticks_;
};

/// Reads the line that starts with abi::kBootMarksPrefix. An error if there is none, or it is
/// malformed, or a mark is 0 or earlier than the one before it.
[[nodiscard]] Result<abi::BootClock> ClockFromConsole(std::string_view console);

/// The offset of that line in the console's text; npos if there is none.
std::size_t MarksLineOffset(std::string_view console);

/// The guest's marks, of which the last was taken when the line arrived, `arrival_ns` after exec.
Marks MarksFromClock(const abi::BootClock& clock, std::int64_t arrival_ns,
                     double nanoseconds_per_tick);

/// The marks of `vmm run --stats`. An error if one of kAllMarks is missing, or stands or lies out
/// of order. `exec_ns`: CLOCK_MONOTONIC at the exec of the monitor.
[[nodiscard]] Result<Marks> MarksFromStats(const json::Value& stats, std::int64_t exec_ns);

}  // namespace harness

#endif  // TESTS_HARNESS_MARKS_H_
