#include "tests/harness/report/svg.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

constexpr std::int64_t kMicrosecond = 1000;
constexpr std::int64_t kMillisecond = 1000 * kMicrosecond;
constexpr std::int64_t kSecond = 1000 * kMillisecond;

TEST(EscapeTest, NothingStaysMarkup) {
  EXPECT_EQ(Escape("<a href=\"x\">&</a>"), "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
  EXPECT_EQ(Escape("exec → main"), "exec → main");
  EXPECT_EQ(Escape(""), "");
}

TEST(DurationTest, ThreeDigitsAndAUnit) {
  EXPECT_EQ(Duration(0), "0.0 µs");
  EXPECT_EQ(Duration(7'300), "7.3 µs");
  EXPECT_EQ(Duration(46'100), "46.1 µs");
  EXPECT_EQ(Duration(479 * kMicrosecond), "479 µs");
  EXPECT_EQ(Duration(999'600), "1.00 ms");
  EXPECT_EQ(Duration(1'234 * kMicrosecond), "1.23 ms");
  EXPECT_EQ(Duration(35'329 * kMicrosecond), "35.3 ms");
  EXPECT_EQ(Duration(452 * kMillisecond), "452 ms");
  EXPECT_EQ(Duration(5'820 * kMillisecond), "5.82 s");
  EXPECT_EQ(Duration(100 * kSecond), "100 s");
}

TEST(LogAxisTest, EachDecadeIsAsWideAsAnother) {
  const LogAxis axis(kMicrosecond, kSecond, 100, 700);
  EXPECT_DOUBLE_EQ(axis.X(kMicrosecond), 100);
  EXPECT_DOUBLE_EQ(axis.X(10 * kMicrosecond), 200);
  EXPECT_DOUBLE_EQ(axis.X(kMillisecond), 400);
  EXPECT_DOUBLE_EQ(axis.X(kSecond), 700);
}

TEST(LogAxisTest, WhatLiesBeyondAnEndLiesAtIt) {
  const LogAxis axis(kMicrosecond, kSecond, 100, 700);
  EXPECT_DOUBLE_EQ(axis.X(0), 100);
  EXPECT_DOUBLE_EQ(axis.X(-5), 100);
  EXPECT_DOUBLE_EQ(axis.X(90 * kSecond), 700);
}

TEST(LogAxisTest, GridlinesLieOnIt) {
  const LogAxis axis(500, 20 * kMicrosecond, 0, 100);
  EXPECT_EQ(axis.Gridlines(),
            (std::vector<std::int64_t>{500, 600, 700, 800, 900, 1000, 2000, 3000, 4000, 5000, 6000,
                                       7000, 8000, 9000, 10'000, 20'000}));
  EXPECT_EQ(axis.Ticks(), (std::vector<std::int64_t>{500, 1000, 2000, 5000, 10'000, 20'000}));
}

TEST(LogAxisTest, ALongAxisLabelsThePowersOfTen) {
  const LogAxis axis(kMicrosecond, kMillisecond, 0, 100);
  EXPECT_EQ(axis.Ticks(), (std::vector<std::int64_t>{1000, 10'000, 100'000, 1'000'000}));
}

TEST(LogAxisTest, AnAxisOfOnePointIsNoDivisionByZero) {
  const LogAxis axis(kMillisecond, kMillisecond, 0, 100);
  EXPECT_DOUBLE_EQ(axis.X(kMillisecond), 0);
  EXPECT_DOUBLE_EQ(axis.X(2 * kMillisecond), 100);
}

}  // namespace
}  // namespace harness
