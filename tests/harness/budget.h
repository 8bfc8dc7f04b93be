// Budgets: what a boot may cost, and the judgement whether it kept them.
//
// A budget's name says what is limited:
//   COUNT             a deterministic count of kCountNames; judged always
//   WHAT_per_YARDSTICK  the minimum of a time as a multiple of another's minimum in the same run;
//                     judged always
//   WHAT_us           the minimum of a time in microseconds; judged on quiet runners only
// WHAT is "process" (spawn to exit) or a mark, counted from the exec of the monitor. YARDSTICK is
// "unit", "echo" or a rival monitor that boots the same image: then it is that monitor's same WHAT.
#ifndef TESTS_HARNESS_BUDGET_H_
#define TESTS_HARNESS_BUDGET_H_

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/harness/measure.h"

namespace harness {

inline constexpr std::array<std::string_view, 7> kCountNames = {"instructions_to_app_main",
                                                                "ring0_instructions",
                                                                "exits_to_app_main",
                                                                "image_bytes",
                                                                "touched_bytes",
                                                                "monitor_private_bytes",
                                                                "monitor_bytes"};

struct Budget {
  enum class Kind { kCount, kRatio, kAbsolute };

  std::string name;
  double limit = 0;
  Kind kind = Kind::kCount;
  std::string what = {};       // Of a time: "process" or a mark.
  std::string yardstick = {};  // Of a ratio.
};

/// From "NAME=LIMIT". An error says what is wrong with it and which names there are.
[[nodiscard]] Result<Budget> ParseBudget(std::string_view text);

/// All that was measured of one appliance on one monitor.
struct Measurements {
  Series boot;                               // Timed boots: "process".
  Series marked;                             // Boots that were asked for their marks.
  std::map<std::string, Series> yardsticks;  // By name; a rival's are marked too.
  std::map<std::string, double> counts;      // By name of kCountNames.

  /// The minimum of "process" or of a mark, in nanoseconds; 0 if there is none.
  std::int64_t Minimum(std::string_view what) const;
};

struct Judgement {
  Budget budget;
  double value = 0;
  bool judged = true;  // False for microseconds on a machine that is not said to be quiet.
  bool kept = true;
  std::string line = {};  // For people: name, value, limit, and where a time went.
};

/// Judges one budget. What was not measured is not kept.
Judgement JudgeBudget(const Budget& budget, const Measurements& measured, bool judge_absolute);

/// A stretch between two marks of the fastest boot (by app_main).
struct Phase {
  std::string name;  // "kernel_main → units_ready"
  std::int64_t start_ns;
  std::int64_t length_ns;
};
std::vector<Phase> PhasesOfFastest(const Series& marked);

}  // namespace harness

#endif  // TESTS_HARNESS_BUDGET_H_
