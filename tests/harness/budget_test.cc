#include "tests/harness/budget.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

Series WithMarks(std::int64_t units_ready, std::int64_t app_main) {
  const Sample sample = {
      .process_ns = app_main + 100'000,
      .marks = {{"kernel_main", 50'000}, {"units_ready", units_ready}, {"app_main", app_main}}};
  return {.name = "marked", .samples = {sample}};
}

Measurements Example() {
  Measurements measured;
  measured.boot = {.name = "boot", .samples = {{.process_ns = 900'000}, {.process_ns = 800'000}}};
  measured.marked = WithMarks(400'000, 600'000);
  measured.yardsticks["unit"] = {.name = "unit", .samples = {{.process_ns = 100'000}}};
  measured.yardsticks["qemu_microvm"] = WithMarks(20'000'000, 30'000'000);
  measured.counts["exits_to_app_main"] = 2;
  return measured;
}

Judgement JudgeText(std::string_view text, bool absolute = false) {
  const auto budget = ParseBudget(text);
  EXPECT_TRUE(budget.has_value()) << budget.error();
  return JudgeBudget(budget.value_or(Budget()), Example(), absolute);
}

TEST(BudgetTest, Counts) {
  EXPECT_TRUE(JudgeText("exits_to_app_main=2").kept);
  const Judgement broken = JudgeText("exits_to_app_main=1");
  EXPECT_FALSE(broken.kept);
  EXPECT_EQ(broken.line, "exits_to_app_main = 2, limit 1");
}

TEST(BudgetTest, WhatWasNotMeasuredIsNotKept) {
  EXPECT_FALSE(JudgeText("touched_bytes=1000000").kept);
  EXPECT_FALSE(JudgeText("process_per_echo=1000000").kept);
  EXPECT_FALSE(JudgeText("vcpu_run_per_unit=1000000").kept);
}

TEST(BudgetTest, RatiosOfMinima) {
  EXPECT_TRUE(JudgeText("process_per_unit=8").kept);
  EXPECT_FALSE(JudgeText("process_per_unit=7.9").kept);
  EXPECT_TRUE(JudgeText("app_main_per_unit=6").kept);
  // Of a rival the same mark counts: 600 of 30,000 microseconds.
  EXPECT_TRUE(JudgeText("app_main_per_qemu_microvm=0.02").kept);
  EXPECT_FALSE(JudgeText("app_main_per_qemu_microvm=0.019").kept);
}

TEST(BudgetTest, ABrokenTimeNamesItsLongestPhase) {
  EXPECT_EQ(JudgeText("app_main_per_unit=1").line,
            "app_main_per_unit = 6.000, limit 1.000 (app_main 600 us, unit 100 us); "
            "longest phase: kernel_main → units_ready, 350 us");
}

TEST(BudgetTest, MicrosecondsAreJudgedOnQuietMachinesOnly) {
  EXPECT_TRUE(JudgeText("app_main_us=1").kept);
  EXPECT_FALSE(JudgeText("app_main_us=1").judged);
  EXPECT_FALSE(JudgeText("app_main_us=1", true).kept);
  EXPECT_TRUE(JudgeText("app_main_us=600", true).kept);
}

TEST(BudgetTest, RefusesWhatItDoesNotKnow) {
  for (const std::string_view text :
       {"", "=1", "exits_to_app_main", "exits_to_app_main=", "exits_to_app_main=x",
        "exits_to_app_main=-1", "exits_to_app_main=nan", "speed=1", "process_per_day=1",
        "lunch_per_unit=1", "lunch_us=1"}) {
    EXPECT_FALSE(ParseBudget(text).has_value()) << text;
  }
  EXPECT_TRUE(ParseBudget("speed=1").error().starts_with("no budget named speed; known: "));
}

TEST(BudgetTest, PhasesReachTheEndOfTheProcess) {
  const auto phases = PhasesOfFastest(WithMarks(400'000, 600'000));
  ASSERT_EQ(phases.size(), 4u);
  EXPECT_EQ(phases[0].name, "exec → kernel_main");
  EXPECT_EQ(phases[3].name, "app_main → end of the process");
  EXPECT_EQ(phases[3].length_ns, 100'000);
  EXPECT_TRUE(PhasesOfFastest({}).empty());
}

}  // namespace
}  // namespace harness
