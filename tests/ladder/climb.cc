#include "tests/ladder/climb.h"

#include <algorithm>
#include <format>
#include <utility>

#include "images/monitors/process.h"

namespace ladder {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kTimeForOne = 10 * kSecond;
constexpr int kFewestRuns = 2;

// How far one entrant is.
struct Pace {
  int runs = 0;  // Wanted of it; known after its first turn.
  int done = 0;
  std::int64_t turn_ns = 0;  // Its last turn's.

  std::int64_t left_ns() const { return turn_ns * std::max(runs - done, 0); }
};

void TakeTurn(const Entrant& entrant, int wanted, Pace& pace, Course& course) {
  const std::int64_t start = monitors::MonotonicNow();
  auto measured = harness::Measure(entrant.subjects, 0, 1);
  if (!measured) {
    course.error = measured.error();
    // Who gave up takes no more time.
    pace = {};
    return;
  }
  pace.turn_ns = monitors::MonotonicNow() - start;
  const bool first = pace.runs == 0;
  if (first) pace.runs = RunsOf(wanted, pace.turn_ns);
  if (first && pace.turn_ns < kSlowTurnNs) return;
  ++pace.done;
  for (std::size_t i = 0; i < measured->size(); ++i) {
    course.series[i].samples.push_back(std::move((*measured)[i].samples.front()));
  }
}

}  // namespace

int RunsOf(int wanted, std::int64_t first_ns) {
  const std::int64_t fit = kTimeForOne / std::max<std::int64_t>(first_ns, 1);
  return static_cast<int>(std::clamp<std::int64_t>(fit, std::min(kFewestRuns, wanted), wanted));
}

std::string LineOf(const Turn& turn) {
  if (turn.round == 0) return std::format("warming up: {}", turn.name);
  const std::int64_t seconds = (turn.left_ns + kSecond - 1) / kSecond;
  return std::format("round {} of {}: {}; {} s left", turn.round, turn.rounds, turn.name, seconds);
}

std::vector<Course> Climb(std::span<const Entrant> entrants, int runs,
                          const std::function<void(const Turn&)>& begins) {
  std::vector<Course> courses(entrants.size());
  std::vector<Pace> paces(entrants.size());
  for (std::size_t i = 0; i < entrants.size(); ++i) {
    for (const harness::Subject& subject : entrants[i].subjects) {
      courses[i].series.push_back({.name = subject.name});
    }
  }
  for (int round = 0; round <= runs; ++round) {
    for (std::size_t i = 0; i < entrants.size(); ++i) {
      const bool over = round > 0 && paces[i].done >= paces[i].runs;
      if (over || !courses[i].error.empty()) continue;
      std::int64_t left_ns = round == 0 ? -1 : 0;
      for (const Pace& pace : paces) left_ns += round == 0 ? 0 : pace.left_ns();
      begins({.name = entrants[i].name, .round = round, .rounds = runs, .left_ns = left_ns});
      TakeTurn(entrants[i], runs, paces[i], courses[i]);
    }
  }
  return courses;
}

}  // namespace ladder
