#include "tests/harness/report/report.h"

#include <gtest/gtest.h>

#include "tests/json/json.h"

namespace harness {
namespace {

Report Example() {
  Report report;
  report.title = "a <b> & \"c\"";
  report.note = "3 boots";
  report.rows = {{"process", {2000, 1000, 3000}}};
  report.phases = {{"exec → app_main", 0, 900}};
  report.counts = {{"image_bytes", 4096}};
  Judgement judgement;
  judgement.budget.name = "image_bytes";
  judgement.budget.limit = 8192;
  judgement.value = 4096;
  judgement.line = "image_bytes = 4096, limit 8192";
  report.judgements = {judgement};
  return report;
}

TEST(ReportTest, TheJsonIsValidAndWhole) {
  const auto value = json::Parse(JsonOf(Example()));
  ASSERT_TRUE(value.has_value()) << value.error();
  EXPECT_EQ((*value)["title"].string(), "a <b> & \"c\"");
  EXPECT_TRUE((*value)["good"].boolean());
  const json::Value& row = (*value)["rows"].items().at(0);
  EXPECT_EQ(row["min_ns"].integer(), 1000);
  EXPECT_EQ(row["samples_ns"].items().size(), 3u);
  EXPECT_EQ((*value)["counts"]["image_bytes"].integer(), 4096);
  EXPECT_TRUE((*value)["budgets"].items().at(0)["kept"].boolean());
}

TEST(ReportTest, AnEmptyReportIsValidToo) {
  EXPECT_TRUE(json::Parse(JsonOf({})).has_value());
  EXPECT_FALSE(HtmlOf({}).contains("<svg"));
}

TEST(ReportTest, ThePageEscapesWhatItShows) {
  const std::string page = HtmlOf(Example());
  EXPECT_TRUE(page.contains("a &lt;b&gt; &amp;"));
  EXPECT_FALSE(page.contains("<b>"));
  EXPECT_TRUE(page.contains("<svg"));
}

TEST(ReportTest, OneBrokenBudgetOrComplaintMakesItBad) {
  EXPECT_TRUE(Example().good());
  Report broken = Example();
  broken.judgements[0].kept = false;
  EXPECT_FALSE(broken.good());
  EXPECT_TRUE(TextOf(broken).contains("budget BROKEN: image_bytes = 4096, limit 8192"));
  Report complaining = Example();
  complaining.complaints = {"line 1 of 1 never came"};
  EXPECT_FALSE(complaining.good());
  EXPECT_TRUE(TextOf(complaining).contains("BAD: line 1 of 1 never came"));
}

}  // namespace
}  // namespace harness
