// What one climb of the ladder showed, and whether the rungs lie in the order that is promised.
#ifndef TESTS_LADDER_LADDER_H_
#define TESTS_LADDER_LADDER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/harness/budget.h"
#include "tests/harness/measure.h"
#include "tests/ladder/rungs.h"

namespace ladder {

enum class Status { kMeasured, kFailed, kCannotRun };

/// One rung after the climb.
struct Step {
  Rung rung;
  Status status = Status::kMeasured;
  std::string reason = {};  // Why it was not measured: one line.
  std::int64_t image_bytes = 0;
  /// Boots as they are, for the whole process. Empty if the image has its command line inside: then
  /// each boot is marked.
  harness::Series whole = {};
  harness::Series marked = {};  // Boots that were asked for their marks.

  bool measured() const { return status == Status::kMeasured; }
  std::size_t runs() const { return marked.samples.size(); }
  /// Exec of the monitor to main, the least; 0 if it was not measured.
  std::int64_t app_main_ns() const { return marked.SummaryOf("app_main").min; }
  /// Spawn to exit, the least.
  std::int64_t process_ns() const { return process().SummaryOf("process").min; }
  const harness::Series& process() const { return whole.samples.empty() ? marked : whole; }
};

struct Ladder {
  std::string host = {};         // Processor and KVM, one line.
  int runs = 0;                  // Wanted of each.
  harness::Series unit = {};     // A static program that prints hello.
  harness::Series echo = {};     // `/bin/echo hello`.
  std::vector<Step> steps = {};  // The slowest first, by accelerator.

  std::int64_t echo_ns() const { return echo.SummaryOf("process").min; }
  /// The rung of that full name, if it was measured; else nullptr.
  const Step* Find(std::string_view full_name) const;
  bool failed() const;
  /// Adds the samples of another climb of the same rungs. Who failed there has failed.
  void Add(const Ladder& more);
};

/// The five stretches of a boot that every monitor shows, and their lengths in the fastest boot of
/// a rung.
inline constexpr int kStretches = 5;
struct Stretch {
  std::string_view name;
  std::string_view from;  // A mark, or "exec".
  std::string_view to;    // A mark, or "end".
  std::int64_t length_ns;
};
/// Empty if the rung was not measured.
std::vector<Stretch> StretchesOf(const Step& step);

/// That one rung takes so many times the time of another.
struct Check {
  std::string slower;
  std::string faster;
  double at_least;
  double value = 0;  // 0 if one of them was not measured.

  bool kept() const { return value > at_least; }
  std::string Line() const;
};

/// raw > multiboot under SeaBIOS > multiboot under qboot > microvm, and over KVM > our monitor.
std::vector<Check> OrderOf(const Ladder& ladder, monitors::Accelerator accelerator);

}  // namespace ladder

#endif  // TESTS_LADDER_LADDER_H_
