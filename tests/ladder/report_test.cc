#include "tests/ladder/report.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/json/json.h"
#include "tests/ladder/sample_ladder.h"

namespace ladder {
namespace {

Ladder WithOneFailed() {
  Ladder ladder = SampleLadder();
  ladder.steps[0].status = Status::kFailed;
  ladder.steps[0].reason = "exit status 3, wanted 0: QEMU said <no> & \"went\"";
  ladder.steps[1].status = Status::kCannotRun;
  ladder.steps[1].reason = "/dev/kvm: no such file";
  return ladder;
}

std::size_t CountOf(std::string_view what, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos;
       at = text.find(what, at + what.size())) {
    ++count;
  }
  return count;
}

TEST(JsonTest, HasEverySampleOfEveryRung) {
  const Ladder ladder = SampleLadder();
  const auto value = json::Parse(JsonOf(ladder));
  ASSERT_TRUE(value.has_value()) << value.error();
  EXPECT_EQ((*value)["host"].string(), ladder.host);
  EXPECT_EQ((*value)["echo"]["min_ns"].integer(), 900'000);
  ASSERT_EQ((*value)["rungs"].items().size(), ladder.steps.size());
  const json::Value& vmm = (*value)["rungs"].items().back();
  EXPECT_EQ(vmm["name"].string(), "vmm_kvm");
  EXPECT_EQ(vmm["status"].string(), "measured");
  EXPECT_EQ(vmm["runs"].integer(), 2);
  EXPECT_EQ(vmm["app_main"]["samples_ns"].items().size(), 2u);
  EXPECT_EQ(vmm["app_main"]["min_ns"].integer(), 500'000);
  EXPECT_EQ(vmm["toro"]["ms"].integer(), 17);
  EXPECT_EQ(vmm["stretches"].items().size(), static_cast<std::size_t>(kStretches));
  EXPECT_EQ((*value)["order"].items().size(), 7u);
  for (const json::Value& check : (*value)["order"].items()) {
    EXPECT_TRUE(check["kept"].boolean()) << check["slower"].string();
  }
}

TEST(JsonTest, SaysWhyARungHasNoTime) {
  const auto value = json::Parse(JsonOf(WithOneFailed()));
  ASSERT_TRUE(value.has_value()) << value.error();
  const std::vector<json::Value>& rungs = (*value)["rungs"].items();
  EXPECT_EQ(rungs[0]["status"].string(), "failed");
  EXPECT_EQ(rungs[0]["reason"].string(), "exit status 3, wanted 0: QEMU said <no> & \"went\"");
  EXPECT_EQ(rungs[1]["status"].string(), "cannot run");
  EXPECT_FALSE(rungs[1].Has("app_main"));
}

TEST(JsonTest, AnEmptyLadderIsValidToo) {
  EXPECT_TRUE(json::Parse(JsonOf({})).has_value());
  EXPECT_NE(PageOf({}), "");
}

TEST(TextTest, ShowsTheSeedsFiguresBesideOurs) {
  const std::string text = TextOf(SampleLadder());
  EXPECT_TRUE(text.contains("1457 ms"));
  EXPECT_TRUE(text.contains("554"));
  EXPECT_TRUE(text.contains("2.63 ms"));
  EXPECT_TRUE(text.contains("holds: microvm_kvm > vmm_kvm: "));
}

TEST(TextTest, ARungWithoutATimeSaysWhy) {
  const std::string text = TextOf(WithOneFailed());
  EXPECT_TRUE(text.contains("failed: exit status 3, wanted 0"));
  EXPECT_TRUE(text.contains("cannot run: /dev/kvm: no such file"));
}

TEST(PageTest, EscapesWhatComesFromOutside) {
  const std::string page = PageOf(WithOneFailed());
  EXPECT_TRUE(page.contains("a processor &lt;of some kind&gt;"));
  EXPECT_FALSE(page.contains("<of some kind>"));
  EXPECT_FALSE(page.contains("<no>"));
}

TEST(PageTest, NeedsNothingFromElsewhere) {
  const std::string page = PageOf(SampleLadder());
  for (const std::string_view reference :
       {"http:", "https:", "src=", "url(", "<script", "@import"}) {
    EXPECT_FALSE(page.contains(reference)) << reference;
  }
}

TEST(BarChartTest, ABarForEachRungAndADiamondForEachFigureOfToro) {
  const Ladder ladder = SampleLadder();
  const std::string chart = BarChart(ladder);
  std::size_t figures = 1;  // Of echo.
  for (const Step& step : ladder.steps) figures += step.rung.toro ? 1 : 0;
  EXPECT_EQ(CountOf("<rect", chart), ladder.steps.size() + 2);
  EXPECT_EQ(CountOf("<path", chart), figures);
}

TEST(BarChartTest, ALongerBarTakesLonger) {
  const std::string chart = BarChart(SampleLadder());
  const auto width_after = [&](std::string_view title) {
    const std::size_t at = chart.find("width=\"", chart.find(title));
    return std::strtod(chart.c_str() + at + 7, nullptr);
  };
  EXPECT_GT(width_after("pc, SeaBIOS, 4 MB disk"), 1.2 * width_after("pc, SeaBIOS, multiboot"));
  EXPECT_GT(width_after("microvm, qboot"), width_after("our monitor, into ring 3"));
}

TEST(StretchChartTest, FiveCellsForEachMeasuredRung) {
  const Ladder ladder = WithOneFailed();
  const std::string chart = StretchChart(ladder);
  EXPECT_EQ(CountOf("<rect", chart), (ladder.steps.size() - 2) * kStretches);
  EXPECT_TRUE(chart.contains("failed: exit status 3"));
}

TEST(TimesTest, ThreeDigits) {
  EXPECT_EQ(Times(0.616), "0.62");
  EXPECT_EQ(Times(26.37), "26.4");
  EXPECT_EQ(Times(554.2), "554");
}

}  // namespace
}  // namespace ladder
