// The HTML page of a report. No script, no font, no picture from elsewhere: it opens anywhere, also
// out of a build server's archive.
#include <algorithm>
#include <format>
#include <string_view>

#include "tests/harness/report/report.h"
#include "tests/harness/report/svg.h"

namespace harness {
namespace {

constexpr double kWidth = 900;
constexpr double kLabel = 190;  // Left of the plots.
constexpr double kRowHeight = 26;

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 960px; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; }}
th, td {{ padding: .15rem .8rem; text-align: right; border-bottom: 1px solid #8884; }}
th:first-child, td:first-child {{ text-align: left; }}
svg {{ width: 100%; height: auto; }}
svg text {{ font: 12px system-ui, sans-serif; fill: currentColor; }}
.bad {{ color: #c22; font-weight: 600; }}
.good {{ color: #282; }}
</style></head><body>
<h1>{}</h1><p>{}</p>
)";

std::string Microseconds(std::int64_t nanoseconds) {
  return std::format("{:.1f}", static_cast<double>(nanoseconds) / 1000);
}

// From the smallest to the largest of all samples.
LogAxis AxisOf(const std::vector<Row>& rows) {
  std::int64_t low = INT64_MAX;
  std::int64_t high = 1;
  for (const Row& row : rows) {
    for (const std::int64_t sample : row.samples) {
      if (sample > 0) low = std::min(low, sample);
      high = std::max(high, sample);
    }
  }
  return {std::min(low, high) * 9 / 10, high * 11 / 10, kLabel, kWidth - 20};
}

std::string AxisMarks(const LogAxis& axis, double height) {
  std::string svg;
  for (const std::int64_t at : axis.Gridlines()) {
    svg += std::format(R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="{1:.1f}" stroke="#8882"/>)",
                       axis.X(at), height);
  }
  for (const std::int64_t at : axis.Ticks()) {
    svg += std::format(R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="{1:.1f}" stroke="#8886"/>)"
                       R"(<text x="{0:.1f}" y="{2:.1f}" text-anchor="middle">{3}</text>)",
                       axis.X(at), height, height + 14, Duration(at));
  }
  return svg;
}

// One dot for each sample, the minimum as a stroke: the eye sees spread and outliers.
std::string Distribution(const std::vector<Row>& rows) {
  if (rows.empty()) return "";
  const LogAxis axis = AxisOf(rows);
  const double height = kRowHeight * static_cast<double>(rows.size());
  std::string svg = std::format(R"(<h2>Distribution</h2><svg viewBox="0 0 {} {}" role="img" )"
                                R"(aria-label="samples on a logarithmic axis">)",
                                kWidth, height + 20);
  svg += AxisMarks(axis, height);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double y = (static_cast<double>(i) + 0.5) * kRowHeight;
    svg += std::format(R"(<text x="0" y="{:.1f}">{}</text>)", y + 4, Escape(rows[i].name));
    for (const std::int64_t sample : rows[i].samples) {
      svg +=
          std::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="4" fill="#47b" fill-opacity=".35"/>)",
                      axis.X(sample), y);
    }
    const std::int64_t least = Summarize(rows[i].samples).min;
    svg += std::format(
        R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}" stroke="#d60" stroke-width="2"/>)",
        axis.X(least), y - 9, y + 9);
  }
  return svg + "</svg>\n<p>A dot is a sample, the stroke the minimum.</p>\n";
}

std::string Phases(const std::vector<Phase>& phases) {
  if (phases.empty()) return "";
  const double whole =
      std::max<double>(static_cast<double>(phases.back().start_ns + phases.back().length_ns), 1);
  const double scale = (kWidth - 330) / whole;
  std::string svg =
      std::format(R"(<h2>Phases of the fastest boot</h2><svg viewBox="0 0 {} {}" role="img" )"
                  R"(aria-label="phases as bars on one time axis">)",
                  kWidth, kRowHeight * static_cast<double>(phases.size()));
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const double y = static_cast<double>(i) * kRowHeight;
    const double x = 240 + static_cast<double>(phases[i].start_ns) * scale;
    const double width = std::max(static_cast<double>(phases[i].length_ns) * scale, 1.0);
    svg += std::format(
        R"(<text x="0" y="{:.1f}">{}</text><rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="16" )"
        R"(fill="#47b"/><text x="{:.1f}" y="{:.1f}">{} µs</text>)",
        y + 17, Escape(phases[i].name), x, y + 5, width, x + width + 6, y + 17,
        Microseconds(phases[i].length_ns));
  }
  return svg + "</svg>\n";
}

std::string Times(const std::vector<Row>& rows) {
  if (rows.empty()) return "";
  std::string html =
      "<h2>Times</h2><table><tr><th>microseconds</th><th>min</th><th>p50</th><th>p95</th>"
      "<th>max</th></tr>\n";
  for (const Row& row : rows) {
    const Summary summary = Summarize(row.samples);
    html += std::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                        Escape(row.name), Microseconds(summary.min), Microseconds(summary.p50),
                        Microseconds(summary.p95), Microseconds(summary.max));
  }
  return html + "</table>\n";
}

std::string Verdicts(const Report& report) {
  std::string html;
  for (const std::string& complaint : report.complaints) {
    html += std::format("<p class=\"bad\">{}</p>\n", Escape(complaint));
  }
  if (!report.counts.empty()) html += "<h2>Counts</h2><table>\n";
  for (const auto& [name, value] : report.counts) {
    html += std::format("<tr><td>{}</td><td>{:.0f}</td></tr>\n", Escape(name), value);
  }
  if (!report.counts.empty()) html += "</table>\n";
  if (!report.judgements.empty()) html += "<h2>Budgets</h2><ul>\n";
  for (const Judgement& judgement : report.judgements) {
    const std::string_view word = !judgement.judged ? "not judged"
                                  : judgement.kept  ? "kept"
                                                    : "broken";
    html += std::format("<li><span class=\"{}\">{}</span>: {}</li>\n",
                        judgement.kept ? "good" : "bad", word, Escape(judgement.line));
  }
  if (!report.judgements.empty()) html += "</ul>\n";
  return html;
}

}  // namespace

std::string HtmlOf(const Report& report) {
  const std::string title = Escape(report.title);
  return std::format(kHead, title, title, Escape(report.note)) + Verdicts(report) +
         Times(report.rows) + Distribution(report.rows) + Phases(report.phases) +
         "</body></html>\n";
}

}  // namespace harness
