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

std::string Joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",\n    ") + part;
  return text;
}

}  // namespace

bool Report::good() const {
  return complaints.empty() && std::ranges::all_of(judgements, &Judgement::kept);
}

std::vector<Row> RowsOf(const Measurements& measured) {
  std::vector<Row> rows;
  for (const auto& [name, series] : measured.yardsticks) rows.push_back({name, series.Of("process")});
  rows.push_back({"process", measured.boot.Of("process")});
  rows.push_back({"processor time", measured.boot.Of("cpu")});
  if (!measured.marked.samples.empty()) {
    for (const Mark& mark : measured.marked.samples.front().marks) {
      rows.push_back({mark.name, measured.marked.Of(mark.name)});
    }
  }
  return rows;
}

std::string TextOf(const Report& report) {
  std::string text = std::format("{}\n{}\n\n", report.title, report.note);
  if (!report.rows.empty()) {
    text += std::format("{:<26}{:>10}{:>10}{:>10}{:>10}\n", "microseconds", "min", "p50", "p95",
                        "max");
  }
  for (const Row& row : report.rows) {
    const Summary summary = Summarize(row.samples);
    text += std::format("{:<26}{:>10.1f}{:>10.1f}{:>10.1f}{:>10.1f}\n", row.name,
                        Microseconds(summary.min), Microseconds(summary.p50),
                        Microseconds(summary.p95), Microseconds(summary.max));
  }
  text += '\n';
  for (const auto& [name, value] : report.counts) text += std::format("{:<26}{:>10.0f}\n", name, value);
  for (const Judgement& judgement : report.judgements) {
    text += std::format("budget {}: {}\n", VerdictOf(judgement), judgement.line);
  }
  for (const std::string& complaint : report.complaints) text += std::format("BAD: {}\n", complaint);
  return text;
}

std::string JsonOf(const Report& report) {
  std::vector<std::string> rows;
  for (const Row& row : report.rows) {
    const Summary summary = Summarize(row.samples);
    std::string samples;
    for (const std::int64_t sample : row.samples) {
      samples += std::format("{}{}", samples.empty() ? "" : ",", sample);
    }
    rows.push_back(std::format(
        R"({{"name":{},"min_ns":{},"p50_ns":{},"p95_ns":{},"max_ns":{},"samples_ns":[{}]}})",
        json::Quote(row.name), summary.min, summary.p50, summary.p95, summary.max, samples));
  }
  std::vector<std::string> phases;
  for (const Phase& phase : report.phases) {
    phases.push_back(std::format(R"({{"name":{},"start_ns":{},"length_ns":{}}})",
                                 json::Quote(phase.name), phase.start_ns, phase.length_ns));
  }
  std::vector<std::string> counts;
  for (const auto& [name, value] : report.counts) {
    counts.push_back(std::format("{}:{:.0f}", json::Quote(name), value));
  }
  std::vector<std::string> budgets;
  for (const Judgement& judgement : report.judgements) {
    budgets.push_back(std::format(
        R"({{"name":{},"value":{:.6f},"limit":{:.6f},"judged":{},"kept":{}}})",
        json::Quote(judgement.budget.name), judgement.value, judgement.budget.limit,
        judgement.judged, judgement.kept));
  }
  std::vector<std::string> complaints;
  for (const std::string& complaint : report.complaints) complaints.push_back(json::Quote(complaint));
  return std::format(
      "{{\n  \"title\":{},\n  \"note\":{},\n  \"good\":{},\n  \"rows\":[{}],\n  \"phases\":[{}],\n"
      "  \"counts\":{{{}}},\n  \"budgets\":[{}],\n  \"complaints\":[{}]\n}}\n",
      json::Quote(report.title), json::Quote(report.note), report.good(), Joined(rows),
      Joined(phases), Joined(counts), Joined(budgets), Joined(complaints));
}

}  // namespace harness
