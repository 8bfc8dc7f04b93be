#include "tests/ladder/ladder.h"

#include <gtest/gtest.h>

#include "tests/ladder/sample_ladder.h"

namespace ladder {
namespace {

using monitors::Accelerator;

std::vector<bool> Kept(const std::vector<Check>& checks) {
  std::vector<bool> kept;
  for (const Check& check : checks) kept.push_back(check.kept());
  return kept;
}

TEST(OrderTest, HoldsByKvmAndByTcg) {
  const Ladder ladder = SampleLadder();
  EXPECT_EQ(Kept(OrderOf(ladder, Accelerator::kKvm)), (std::vector{true, true, true, true}));
  // Our monitor has no emulation: there is one check less.
  EXPECT_EQ(Kept(OrderOf(ladder, Accelerator::kTcg)), (std::vector{true, true, true}));
}

TEST(OrderTest, ARungThatWasNotMeasuredKeepsNothing) {
  Ladder ladder = SampleLadder();
  for (Step& step : ladder.steps) {
    if (step.rung.full_name() == "multiboot_qboot_kvm") step.status = Status::kFailed;
  }
  const std::vector<Check> checks = OrderOf(ladder, Accelerator::kKvm);
  EXPECT_EQ(Kept(checks), (std::vector{true, false, false, true}));
  EXPECT_EQ(checks[1].Line(), "multiboot_seabios_kvm > multiboot_qboot_kvm: not measured");
  EXPECT_TRUE(ladder.failed());
}

TEST(OrderTest, TheFactorIsPartOfTheOrder) {
  Ladder ladder = SampleLadder();
  // Twice as slow as multiboot is the right order, but too near.
  for (Step& step : ladder.steps) {
    if (step.rung.full_name() != "raw_tcg") continue;
    const std::int64_t twice = 2 * ladder.Find("multiboot_seabios_tcg")->app_main_ns();
    step.marked.samples = {SampleBoot(twice)};
  }
  const std::vector<Check> checks = OrderOf(ladder, Accelerator::kTcg);
  EXPECT_EQ(Kept(checks), (std::vector{false, true, true}));
  EXPECT_EQ(checks[0].Line(), "raw_tcg > multiboot_seabios_tcg: 2.0 times, wanted more than 3");
}

TEST(LadderTest, AnotherClimbAddsItsSamples) {
  Ladder ladder = SampleLadder();
  Ladder more = SampleLadder();
  more.steps[0].status = Status::kFailed;
  more.steps[0].reason = "it fell off";
  ladder.Add(more);
  EXPECT_EQ(ladder.echo.samples.size(), 2u);
  EXPECT_EQ(ladder.steps[1].runs(), 4u);
  EXPECT_EQ(ladder.steps[0].status, Status::kFailed);
  EXPECT_EQ(ladder.steps[0].reason, "it fell off");
}

TEST(StretchesTest, TheyFillTheTimeFromExecToTheEnd) {
  const Step step = {.rung = {}, .marked = {.name = "marked", .samples = {SampleBoot(1'000'000)}}};
  const std::vector<Stretch> stretches = StretchesOf(step);
  ASSERT_EQ(stretches.size(), static_cast<std::size_t>(kStretches));
  std::int64_t whole = 0;
  for (const Stretch& stretch : stretches) {
    EXPECT_GT(stretch.length_ns, 0) << stretch.name;
    whole += stretch.length_ns;
  }
  const harness::Sample& sample = step.marked.samples.front();
  EXPECT_EQ(whole, sample.process_ns - sample.exec_ns);
}

TEST(StretchesTest, NoneOfARungThatFailed) {
  EXPECT_TRUE(StretchesOf({.rung = {}, .status = Status::kFailed}).empty());
}

TEST(StepTest, TheProcessIsThatOfUnmarkedBootsWhereThereAreSome) {
  Step step = {.rung = {}, .marked = {.name = "marked", .samples = {SampleBoot(1'000'000)}}};
  const std::int64_t marked = step.process_ns();
  EXPECT_GT(marked, step.app_main_ns());
  step.whole.samples = {{.process_ns = 7}};
  EXPECT_EQ(step.process_ns(), 7);
}

}  // namespace
}  // namespace ladder
