#include "tests/harness/marks.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(MarksTest, ReadsTheLastLineOfMarks) {
  const auto clock =
      ClockFromConsole("torito-marks 9 9 9 9 9 9\nhello\ntorito-marks 1 2 3 4 5 6\r\n");
  ASSERT_TRUE(clock.has_value()) << clock.error();
  EXPECT_EQ(clock->tsc[0], 1u);
  EXPECT_EQ(clock->tsc[5], 6u);
}

TEST(MarksTest, RefusesBadLines) {
  for (const std::string_view text :
       {"", "hello\n", "x torito-marks 1 2 3 4 5 6\n", "torito-marks \n",
        "torito-marks 1 2 3 4 5\n", "torito-marks 1 2 3 4 5 6 7\n", "torito-marks 1 2 3 4 5 6x\n",
        "torito-marks 1  2 3 4 5 6\n", "torito-marks -1 2 3 4 5 6\n",
        "torito-marks 99999999999999999999 2 3 4 5 6\n"}) {
    EXPECT_FALSE(ClockFromConsole(text).has_value()) << text;
  }
}

TEST(MarksTest, NamesTheMarkThatIsMissingOrTooEarly) {
  EXPECT_EQ(ClockFromConsole("torito-marks 1 2 3 4 0 6\n").error(), "mark app_main never came");
  EXPECT_EQ(ClockFromConsole("torito-marks 1 2 3 9 5 6\n").error(),
            "mark app_main is earlier than units_ready");
}

TEST(MarksTest, CountsBackFromTheArrival) {
  const Marks marks = MarksFromClock({{100, 200, 300, 400, 500, 600}}, 10'000, 2.0);
  EXPECT_EQ(At(marks, "exit"), 10'000);
  EXPECT_EQ(At(marks, "app_main"), 9'800);
  EXPECT_EQ(At(marks, "nucleus_entry"), 9'000);
  EXPECT_EQ(At(marks, "vcpu_run"), -1);
}

std::string Stats(std::string_view marks) {
  return "{\"start_monotonic_ns\":1500,\"marks_ns\":{" + std::string(marks) + "}}";
}

std::string AllInOrder() {
  std::string text;
  int at = 0;
  for (const std::string_view name : kAllMarks) {
    text += (text.empty() ? "\"" : ",\"") + std::string(name) + "\":" + std::to_string(at += 10);
  }
  return text;
}

TEST(MarksTest, TakesStatisticsWithEveryMarkInOrder) {
  const auto stats = json::Parse(Stats(AllInOrder()));
  ASSERT_TRUE(stats.has_value());
  const auto marks = MarksFromStats(*stats, 1000);
  ASSERT_TRUE(marks.has_value()) << marks.error();
  EXPECT_EQ(At(*marks, "monitor_start"), 510);
  EXPECT_EQ(At(*marks, "exit"), 600);
}

TEST(MarksTest, RefusesStatisticsThatLackSomething) {
  const auto error_of = [](const std::string& text, std::int64_t spawn = 1000) {
    const auto marks = MarksFromStats(json::Parse(text).value_or(json::Value()), spawn);
    return marks ? "" : marks.error();
  };
  EXPECT_EQ(error_of(Stats("")), "mark monitor_start never came, or not in its place");
  EXPECT_EQ(error_of(Stats(AllInOrder() + ",\"more\":200")),
            "the statistics name marks that nobody knows");
  EXPECT_EQ(error_of(Stats("\"monitor_start\":5,\"vm_created\":4")),
            "mark vm_created is earlier than monitor_start");
  EXPECT_EQ(error_of("{}"), "the statistics have no start_monotonic_ns");
  EXPECT_EQ(error_of(Stats(AllInOrder()), 2000),
            "the monitor says that it started before its exec");
}

TEST(MarksTest, TicksHaveAPlausibleRate) {
  const TickRate rate;
  const std::int64_t end = monitors::MonotonicNow() + 2'000'000;
  while (monitors::MonotonicNow() < end) {
  }
  // 100 MHz to 10 GHz.
  EXPECT_GT(rate.nanoseconds_per_tick(), 0.1);
  EXPECT_LT(rate.nanoseconds_per_tick(), 10);
}

}  // namespace
}  // namespace harness
