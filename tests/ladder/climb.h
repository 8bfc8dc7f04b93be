// Measures entrants in turn, round by round, each as often as its own pace allows; says all the
// time where it is.
#ifndef TESTS_LADDER_CLIMB_H_
#define TESTS_LADDER_CLIMB_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/harness/measure.h"

namespace ladder {

/// What takes its turn: its subjects run one after the other.
struct Entrant {
  std::string name;
  std::vector<harness::Subject> subjects = {};
};

/// What came of it. With an error there may be samples of earlier rounds.
struct Course {
  std::vector<harness::Series> series = {};  // One for each subject.
  std::string error = {};                    // Why it gave up; empty if it did not.
};

/// A turn that is about to begin.
struct Turn {
  std::string_view name;
  int round;             // 0: the warm-up.
  int rounds;            // Of whoever has most.
  std::int64_t left_ns;  // Of everything, as far as can be told; -1 in the warm-up.
};

/// An entrant whose turn takes this long or longer is slow: its warm-up counts as a run.
inline constexpr std::int64_t kSlowTurnNs = 1'000'000'000;

/// How often an entrant runs whose first turn took `first_ns`: as often as wanted if that takes no
/// more than 10 s in all; else less often, but twice at least.
int RunsOf(int wanted, std::int64_t first_ns);

/// A line such as "round 3 of 20: microvm_kvm; 40 s left".
std::string LineOf(const Turn& turn);

/// After one warm-up each, `runs` rounds. Who gives up is left out of the rounds that follow.
std::vector<Course> Climb(std::span<const Entrant> entrants, int runs,
                          const std::function<void(const Turn&)>& begins);

}  // namespace ladder

#endif  // TESTS_LADDER_CLIMB_H_
