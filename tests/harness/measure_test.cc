#include "tests/harness/measure.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(SummaryTest, NearestRank) {
  std::vector<std::int64_t> samples;
  for (int i = 100; i >= 1; --i) samples.push_back(i);
  const Summary summary = Summarize(samples);
  EXPECT_EQ(summary.min, 1);
  EXPECT_EQ(summary.p50, 50);
  EXPECT_EQ(summary.p95, 95);
  EXPECT_EQ(summary.max, 100);
  EXPECT_EQ(Summarize({7}).p95, 7);
  EXPECT_EQ(Summarize({}).max, 0);
}

TEST(MeasureTest, RunsInTurnAndThrowsWarmupsAway) {
  std::string order;
  const auto subject = [&](char name) {
    return Subject{.name = std::string(1, name), .run = [&order, name]() -> Result<Sample> {
                     order += name;
                     return Sample{.process_ns = static_cast<std::int64_t>(order.size())};
                   }};
  };
  const auto all = Measure({subject('a'), subject('b')}, 1, 2);
  ASSERT_TRUE(all.has_value());
  EXPECT_EQ(order, "ababab");
  EXPECT_EQ((*all)[0].Of("process"), (std::vector<std::int64_t>{3, 5}));
  EXPECT_EQ((*all)[1].name, "b");
}

TEST(MeasureTest, OneErrorEndsIt) {
  const Subject bad = {.name = "bad",
                       .run = []() -> Result<Sample> { return std::unexpected("no"); }};
  EXPECT_EQ(Measure({bad}, 0, 3).error(), "no");
}

TEST(MeasureTest, AProgramThatSaysNothingIsNoYardstick) {
  EXPECT_TRUE(EchoSubject("echo").run().has_value());
  EXPECT_FALSE(ProgramSubject("silent", {"/bin/sh", "-c", ":"}).run().has_value());
  EXPECT_FALSE(ProgramSubject("failing", {"/bin/sh", "-c", "echo x; exit 1"}).run().has_value());
}

TEST(MeasureTest, ASeriesKnowsItsMarks) {
  const Series series = {.name = "s",
                         .samples = {{.process_ns = 9, .marks = {{"app_main", 5}}}, {.cpu_ns = 3}}};
  EXPECT_EQ(series.Of("app_main"), std::vector<std::int64_t>{5});
  EXPECT_EQ(series.Of("cpu"), (std::vector<std::int64_t>{0, 3}));
  EXPECT_TRUE(series.Of("nothing").empty());
}

}  // namespace
}  // namespace harness
