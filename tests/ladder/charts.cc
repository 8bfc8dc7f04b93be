// The pictures of the page. Colours are classes: the page's style sheet has them, light and dark.
#include <algorithm>
#include <format>

#include "tests/harness/report/svg.h"
#include "tests/ladder/report.h"

namespace ladder {
namespace {

using harness::Duration;
using harness::Escape;
using harness::LogAxis;

constexpr double kWidth = 960;
constexpr double kRow = 27;
constexpr double kBar = 15;
constexpr double kLabelEnd = 242;

// Of the bars: the plot, and a column of figures for us and for Toro.
constexpr double kPlotEnd = 800;
constexpr double kOursEnd = 882;

// Of the stretches: where a cell's bar ends before the figure begins.
constexpr double kCell = (kWidth - kLabelEnd) / kStretches;
constexpr double kCellBar = kCell - 72;

std::string Text(double x, double y, std::string_view anchor, std::string_view style,
                 std::string_view text) {
  return std::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" class=\"{}\">{}</text>\n",
                     x, y, anchor, style, Escape(text));
}

std::string Rect(double x, double y, double width, std::string_view style) {
  return std::format(
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" rx=\"2\" class=\"{}\"/>\n", x,
      y - kBar / 2, std::max(width, 1.5), kBar, style);
}

std::string Line(double x1, double y1, double x2, double y2, std::string_view style) {
  return std::format(
      "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n", x1, y1, x2,
      y2, style);
}

std::string Diamond(double x, double y) {
  constexpr double kHalf = 6;
  return std::format(
      "<path d=\"M{0:.1f} {3:.1f}L{2:.1f} {1:.1f}L{0:.1f} {4:.1f}L{5:.1f} {1:.1f}Z\" "
      "class=\"toro\"/>\n",
      x, y, x + kHalf, y - kHalf, y + kHalf, x - kHalf);
}

std::string Open(double height, std::string_view label) {
  return std::format("<svg viewBox=\"0 0 {} {:.0f}\" role=\"img\" aria-label=\"{}\">\n", kWidth,
                     height, label);
}

// What a picture says of a rung without a time: as much as fits, the table has the rest.
std::string Excuse(const Step& step, double y) {
  constexpr std::size_t kFits = 90;
  const bool failed = step.status == Status::kFailed;
  std::string text = std::format("{}: {}", failed ? "failed" : "cannot run here", step.reason);
  if (text.size() > kFits) {
    text.resize(kFits);
    text += "...";
  }
  return Text(kLabelEnd + 12, y, "start", failed ? "bad" : "muted", text);
}

std::int64_t ToroNs(const ToroFigure& toro) { return static_cast<std::int64_t>(toro.ms * 1e6); }

// From the power of ten below the shortest to the one above the longest.
LogAxis AxisOf(const std::vector<std::int64_t>& times, double left, double right) {
  std::int64_t low = 1000;
  std::int64_t high = low;
  const std::int64_t least = times.empty() ? low : std::ranges::min(times);
  const std::int64_t most = times.empty() ? low : std::ranges::max(times);
  while (low * 10 <= least) low *= 10;
  while (high < most) high *= 10;
  return {low, high, left, right};
}

class Bars {
 public:
  explicit Bars(const Ladder& ladder)
      : ladder_(ladder), axis_(AxisOf(TimesOf(ladder), kLabelEnd + 12, kPlotEnd)) {}

  std::string Draw() {
    Baseline("a static program", ladder_.unit, {});
    Baseline("/bin/echo hello", ladder_.echo, kToroEchoMs);
    for (const monitors::Accelerator accelerator : kAccelerators) {
      const std::vector<const Step*> steps = StepsOn(ladder_, accelerator);
      if (steps.empty()) continue;
      y_ += kRow;
      rows_ += Text(0, y_ + 5, "start", "group", TitleOf(accelerator));
      y_ += kRow;
      for (const Step* const step : steps) Row(*step);
    }
    const double bottom = y_ - kRow / 2;
    return Open(bottom + 24, "time to main, a bar for each rung on a logarithmic axis") +
           Grid(bottom) + rows_ + "</svg>\n";
  }

 private:
  static constexpr double kTop = 26;

  static std::vector<std::int64_t> TimesOf(const Ladder& ladder) {
    std::vector<std::int64_t> times = {ladder.unit.SummaryOf("process").min, ladder.echo_ns()};
    for (const Step& step : ladder.steps) {
      if (step.measured()) times.push_back(step.marked.SummaryOf("app_main").max);
      if (step.measured()) times.push_back(step.app_main_ns());
      if (step.rung.toro) times.push_back(ToroNs(*step.rung.toro));
    }
    return times;
  }

  std::string Grid(double bottom) const {
    std::string grid =
        Text(kOursEnd, 12, "end", "head", "Torito") + Text(kWidth, 12, "end", "head", "Toro");
    for (const std::int64_t at : axis_.Gridlines()) {
      grid += Line(axis_.X(at), kTop - 6, axis_.X(at), bottom, "grid");
    }
    for (const std::int64_t at : axis_.Ticks()) {
      grid += Line(axis_.X(at), kTop - 6, axis_.X(at), bottom, "tick");
      grid += Text(axis_.X(at), 12, "middle", "muted", TickLabel(at));
      grid += Text(axis_.X(at), bottom + 16, "middle", "muted", TickLabel(at));
    }
    const double echo = axis_.X(ladder_.echo_ns());
    return grid + Line(echo, kTop - 6, echo, bottom, "echo");
  }

  static std::string TickLabel(std::int64_t at) {
    if (at < 1'000'000) return std::format("{} µs", at / 1000);
    if (at < 1'000'000'000) return std::format("{} ms", at / 1'000'000);
    return std::format("{} s", at / 1'000'000'000);
  }

  void Bar(std::string_view title, std::int64_t least, std::int64_t most, std::string_view style) {
    const double end = axis_.X(least);
    rows_ += Text(0, y_ + 5, "start", "label", title);
    rows_ += Rect(axis_.X(0), y_, end - axis_.X(0), style);
    rows_ += Line(end, y_, axis_.X(most), y_, "spread");
    rows_ += Text(kOursEnd, y_ + 5, "end", "figure", Duration(least));
  }

  void Toro(double ms) {
    rows_ += Diamond(axis_.X(static_cast<std::int64_t>(ms * 1e6)), y_);
    rows_ += Text(kWidth, y_ + 5, "end", "muted", Duration(static_cast<std::int64_t>(ms * 1e6)));
  }

  void Baseline(std::string_view title, const harness::Series& series, double toro_ms) {
    const harness::Summary summary = series.SummaryOf("process");
    Bar(title, summary.min, summary.max, "baseline");
    if (toro_ms > 0) Toro(toro_ms);
    y_ += kRow;
  }

  void Row(const Step& step) {
    if (step.measured()) {
      const harness::Summary summary = step.marked.SummaryOf("app_main");
      const bool ours = step.rung.monitor == monitors::Monitor::kVmm;
      const bool kvm = step.rung.accelerator == monitors::Accelerator::kKvm;
      Bar(step.rung.title, summary.min, summary.max, ours ? "ours" : kvm ? "kvm" : "tcg");
      if (step.rung.toro) Toro(step.rung.toro->ms);
    } else {
      rows_ += Text(0, y_ + 5, "start", "label", step.rung.title) + Excuse(step, y_ + 5);
    }
    y_ += kRow;
  }

  const Ladder& ladder_;
  LogAxis axis_;
  std::string rows_;
  double y_ = kTop + kRow / 2;
};

// One cell: as long as its stretch on a logarithmic scale that all cells share.
std::string Cell(int column, double y, const Stretch& stretch, const LogAxis& axis) {
  const double left = kLabelEnd + column * kCell + 8;
  return Rect(left, y, axis.X(stretch.length_ns), std::format("stretch{}", column)) +
         Text(left + kCell - 14, y + 5, "end", "figure", Duration(stretch.length_ns));
}

std::string Columns(double bottom) {
  constexpr std::string_view kSpans[kStretches] = {"exec → nucleus", "→ ring 3", "→ kernel_main",
                                                   "→ app_main", "→ exit"};
  constexpr std::string_view kTitles[kStretches] = {"monitor, firmware", "nucleus", "handoff",
                                                    "units", "application, end"};
  std::string columns;
  for (int column = 0; column < kStretches; ++column) {
    const double left = kLabelEnd + column * kCell;
    columns += Line(left, 0, left, bottom, "tick");
    columns += Text(left + 8, 13, "start", "head", kTitles[column]);
    columns += Text(left + 8, 29, "start", "muted", kSpans[column]);
  }
  return columns;
}

}  // namespace

std::string BarChart(const Ladder& ladder) { return Bars(ladder).Draw(); }

std::string StretchChart(const Ladder& ladder) {
  std::vector<std::int64_t> lengths;
  for (const Step& step : ladder.steps) {
    for (const Stretch& stretch : StretchesOf(step)) lengths.push_back(stretch.length_ns);
  }
  const LogAxis axis = AxisOf(lengths, 0, kCellBar);
  double y = 40;
  std::string rows;
  for (const monitors::Accelerator accelerator : kAccelerators) {
    const std::vector<const Step*> steps = StepsOn(ladder, accelerator);
    if (steps.empty()) continue;
    rows += Text(0, y + kRow / 2 + 5, "start", "group", TitleOf(accelerator));
    y += kRow;
    for (const Step* const step : steps) {
      y += kRow / 2;
      rows += Text(0, y + 5, "start", "label", step->rung.title);
      if (!step->measured()) rows += Excuse(*step, y + 5);
      int column = 0;
      for (const Stretch& stretch : StretchesOf(*step)) rows += Cell(column++, y, stretch, axis);
      y += kRow / 2;
    }
    y += 8;
  }
  return Open(y, "the stretches of each rung's fastest boot, as bars on one logarithmic scale") +
         Columns(y) + rows + "</svg>\n";
}

}  // namespace ladder
