#include "tests/ladder/climb.h"

#include <gtest/gtest.h>

#include <unistd.h>

namespace ladder {
namespace {

using harness::Result;
using harness::Sample;

constexpr std::int64_t kSecond = 1'000'000'000;

// Writes its name at each turn.
Entrant Named(char name, std::string& order, int fails_at = -1) {
  const auto run = [&order, name, fails_at, turn = 0]() mutable -> Result<Sample> {
    if (turn++ == fails_at) return std::unexpected("it fell off");
    order += name;
    return Sample{.process_ns = static_cast<std::int64_t>(order.size())};
  };
  return {.name = std::string(1, name), .subjects = {{.name = "boot", .run = run}}};
}

TEST(ClimbTest, TakesTurnsAfterAWarmUpThatDoesNotCount) {
  std::string order;
  const std::vector<Entrant> entrants = {Named('a', order), Named('b', order)};
  const std::vector<Course> courses = Climb(entrants, 2, [](const Turn&) {});
  EXPECT_EQ(order, "ababab");
  EXPECT_EQ(courses[0].series[0].Of("process"), (std::vector<std::int64_t>{3, 5}));
  EXPECT_EQ(courses[1].series[0].Of("process"), (std::vector<std::int64_t>{4, 6}));
}

TEST(ClimbTest, WhoGivesUpStopsNobodyElse) {
  std::string order;
  const std::vector<Entrant> entrants = {Named('a', order, 1), Named('b', order)};
  const std::vector<Course> courses = Climb(entrants, 3, [](const Turn&) {});
  EXPECT_EQ(order, "abbbb");
  EXPECT_EQ(courses[0].error, "it fell off");
  EXPECT_TRUE(courses[0].series[0].samples.empty());
  EXPECT_EQ(courses[1].error, "");
  EXPECT_EQ(courses[1].series[0].samples.size(), 3u);
}

TEST(ClimbTest, SaysEachTurnBeforeItBegins) {
  std::string order;
  std::vector<std::string> lines;
  const std::vector<Entrant> entrants = {Named('a', order), Named('b', order)};
  Climb(entrants, 1, [&](const Turn& turn) {
    lines.push_back(LineOf(turn));
    EXPECT_EQ(order.size() + 1, lines.size());
    EXPECT_EQ(turn.left_ns < 0, turn.round == 0);
  });
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[1], "warming up: b");
  EXPECT_TRUE(lines[3].starts_with("round 1 of 1: b; "));
}

TEST(ClimbTest, ASlowWarmUpIsARun) {
  int turns = 0;
  const auto run = [&turns]() -> Result<Sample> {
    // Only the first is slow: one wait is enough for a test.
    if (turns++ == 0) usleep(kSlowTurnNs / 1000 + 1000);
    return Sample{};
  };
  const Entrant entrant = {.name = "slow", .subjects = {{.name = "boot", .run = run}}};
  const std::vector<Course> courses = Climb(std::span(&entrant, 1), 3, [](const Turn&) {});
  EXPECT_EQ(turns, 3);
  EXPECT_EQ(courses[0].series[0].samples.size(), 3u);
}

TEST(RunsOfTest, TheSlowRunLessOften) {
  EXPECT_EQ(RunsOf(50, 1'000'000), 50);
  EXPECT_EQ(RunsOf(50, kSecond), 10);
  EXPECT_EQ(RunsOf(50, 60 * kSecond), 2);
  EXPECT_EQ(RunsOf(1, 60 * kSecond), 1);
  EXPECT_EQ(RunsOf(5, 0), 5);
}

TEST(LineOfTest, SaysWhatIsLeftInSeconds) {
  EXPECT_EQ(LineOf({.name = "raw_kvm", .round = 3, .rounds = 20, .left_ns = 39'200'000'000}),
            "round 3 of 20: raw_kvm; 40 s left");
}

}  // namespace
}  // namespace ladder
