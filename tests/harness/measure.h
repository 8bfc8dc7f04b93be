// Samples of several subjects taken in turn, so that what disturbs the machine disturbs all alike.
#ifndef TESTS_HARNESS_MEASURE_H_
#define TESTS_HARNESS_MEASURE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "images/monitors/process.h"
#include "tests/harness/marks.h"
#include "tests/harness/summary.h"

namespace harness {

/// One run of a subject. Times in nanoseconds.
struct Sample {
  std::int64_t process_ns = 0;  // Spawn to exit, as the parent sees it.
  std::int64_t exec_ns = 0;     // Spawn to exec.
  std::int64_t cpu_ns = 0;
  std::int64_t involuntary_switches = 0;
  Marks marks = {};  // Empty for what is no boot, or a boot that was not asked for them.
};

Sample SampleOf(const monitors::ProcessOutcome& process, Marks marks = {});

/// The samples of one subject, in the order in which they were taken.
struct Series {
  std::string name;
  std::vector<Sample> samples = {};

  /// "process", "cpu", "spawn" (to exec), or the name of a mark, counted from exec: its samples in
  /// nanoseconds.
  std::vector<std::int64_t> Of(std::string_view what) const;
  Summary SummaryOf(std::string_view what) const { return Summarize(Of(what)); }
};

struct Subject {
  std::string name;
  std::function<Result<Sample>()> run;  // An error ends the whole measurement.
};

/// A program that prints something and ends well, such as the unit of time budgets.
Subject ProgramSubject(std::string name, std::vector<std::string> arguments);

/// `/bin/echo hello` as it runs in a user's shell: with a locale. Bazel gives tests none,
/// and without one it skips a quarter of its work.
Subject EchoSubject(std::string name);

/// Runs every subject once in each of `warmups` + `rounds` rounds; the warm-ups are thrown away.
[[nodiscard]] Result<std::vector<Series>> Measure(const std::vector<Subject>& subjects, int warmups,
                                                  int rounds);

}  // namespace harness

#endif  // TESTS_HARNESS_MEASURE_H_
