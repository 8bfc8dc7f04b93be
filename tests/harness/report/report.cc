#include "tests/harness/report/report.h"

#include <algorithm>
#include <format>

#include "tests/json/json.h"

namespace harness {
namespace {

double Microseconds(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1000; }

std::string_view VerdictOf(const Judgement& judgement) {
  if (!judgement.judged) return "not judged";
  return judgement.kept ? "kept" : "BROKEN";
}

// The JSON of each element, separated by commas.
template <typename Elements, typename ToJson>
std::string List(const Elements& elements, ToJson to_json) {
  std::string text;
  for (const auto& element : elements) {
    text += (text.empty() ? "" : ",\n    ") + std::string(to_json(element));
  }
  return text;
}

std::string RowJson(const Row& row) {
  const Summary summary = Summarize(row.samples);
  return std::format(
      R"({{"name":{},"min_ns":{},"p50_ns":{},"p95_ns":{},"max_ns":{},"samples_ns":[{}]}})",
      json::Quote(row.name), summary.min, summary.p50, summary.p95, summary.max,
      List(row.samples, [](std::int64_t sample) { return std::to_string(sample); }));
}

std::string PhaseJson(const Phase& phase) {
  return std::format(R"({{"name":{},"start_ns":{},"length_ns":{}}})", json::Quote(phase.name),
                     phase.start_ns, phase.length_ns);
}

std::string JudgementJson(const Judgement& judgement) {
  return std::format(R"({{"name":{},"value":{:.6f},"limit":{:.6f},"judged":{},"kept":{}}})",
                     json::Quote(judgement.budget.name), judgement.value, judgement.budget.limit,
                     judgement.judged, judgement.kept);
}

}  // namespace

bool Report::good() const {
  return complaints.empty() && std::ranges::all_of(judgements, &Judgement::kept);
}

std::vector<Row> RowsOf(const Measurements& measured) {
  std::vector<Row> rows;
  rows.reserve(measured.yardsticks.size() + kAllMarks.size() + 3);
  for (const auto& [name, series] : measured.yardsticks)
    rows.push_back({name, series.Of("process")});
  rows.push_back({"process", measured.boot.Of("process")});
  rows.push_back({"processor time", measured.boot.Of("cpu")});
  rows.push_back({"spawn → exec", measured.boot.Of("spawn")});
  if (!measured.marked.samples.empty()) {
    for (const Mark& mark : measured.marked.samples.front().marks) {
      rows.push_back({"exec → " + mark.name, measured.marked.Of(mark.name)});
    }
  }
  return rows;
}

std::string TextOf(const Report& report) {
  std::string text = std::format("{}\n{}\n\n", report.title, report.note);
  if (!report.rows.empty()) {
    text +=
        std::format("{:<26}{:>10}{:>10}{:>10}{:>10}\n", "microseconds", "min", "p50", "p95", "max");
  }
  for (const Row& row : report.rows) {
    const Summary summary = Summarize(row.samples);
    text += std::format("{:<26}{:>10.1f}{:>10.1f}{:>10.1f}{:>10.1f}\n", row.name,
                        Microseconds(summary.min), Microseconds(summary.p50),
                        Microseconds(summary.p95), Microseconds(summary.max));
  }
  text += '\n';
  for (const auto& [name, value] : report.counts)
    text += std::format("{:<26}{:>10.0f}\n", name, value);
  for (const Judgement& judgement : report.judgements) {
    text += std::format("budget {}: {}\n", VerdictOf(judgement), judgement.line);
  }
  for (const std::string& complaint : report.complaints)
    text += std::format("BAD: {}\n", complaint);
  return text;
}

std::string JsonOf(const Report& report) {
  const auto count_json = [](const std::pair<std::string, double>& count) {
    return std::format("{}:{:.0f}", json::Quote(count.first), count.second);
  };
  return std::format(
      "{{\n  \"title\":{},\n  \"note\":{},\n  \"good\":{},\n  \"rows\":[{}],\n  \"phases\":[{}],\n"
      "  \"counts\":{{{}}},\n  \"budgets\":[{}],\n  \"complaints\":[{}]\n}}\n",
      json::Quote(report.title), json::Quote(report.note), report.good(),
      List(report.rows, RowJson), List(report.phases, PhaseJson), List(report.counts, count_json),
      List(report.judgements, JudgementJson), List(report.complaints, json::Quote));
}

}  // namespace harness
