#include "tests/ladder/report.h"

#include <algorithm>
#include <format>

#include "tests/harness/report/svg.h"
#include "tests/json/json.h"

namespace ladder {
namespace {

using harness::Duration;
using harness::Summary;

std::string_view NameOf(Status status) {
  switch (status) {
    case Status::kMeasured:
      return "measured";
    case Status::kFailed:
      return "failed";
    case Status::kCannotRun:
      return "cannot run";
  }
}

constexpr std::string_view kRow = "  {:<34}{:>5}{:>12}{:>12}{:>9}{:>9}{:>11}{:>9}\n";

std::string BaselineLine(std::string_view title, const harness::Series& series, double echo_ns,
                         std::string_view toro) {
  const std::int64_t least = series.SummaryOf("process").min;
  return std::format(kRow, title, series.samples.size(), "", Duration(least), "",
                     Times(static_cast<double>(least) / echo_ns), toro, toro.empty() ? "" : "1.0");
}

std::string StepLine(const Step& step, double echo_ns) {
  if (!step.measured()) {
    return std::format("  {:<34}{}: {}\n", step.rung.title, NameOf(step.status), step.reason);
  }
  const auto app_main = static_cast<double>(step.app_main_ns());
  const std::string image = std::format("{} KiB", (step.image_bytes + 1023) / 1024);
  std::string toro;
  std::string toro_times;
  if (step.rung.toro) {
    toro = std::format("{} ms", step.rung.toro->ms);
    toro_times = Times(step.rung.toro->ms / kToroEchoMs);
  }
  return std::format(kRow, step.rung.title, step.runs(), Duration(step.app_main_ns()),
                     Duration(step.process_ns()), image, Times(app_main / echo_ns), toro,
                     toro_times);
}

template <typename Elements, typename ToJson>
std::string List(const Elements& elements, std::string_view between, ToJson to_json) {
  std::string text;
  for (const auto& element : elements) {
    if (!text.empty()) text += between;
    text += to_json(element);
  }
  return text;
}

std::string SamplesJson(const harness::Series& series, std::string_view what) {
  const Summary summary = series.SummaryOf(what);
  return std::format(
      R"({{"min_ns":{},"p50_ns":{},"p95_ns":{},"max_ns":{},"samples_ns":[{}]}})", summary.min,
      summary.p50, summary.p95, summary.max,
      List(series.Of(what), ",", [](std::int64_t sample) { return std::to_string(sample); }));
}

std::string ToroJson(const Rung& rung) {
  if (!rung.toro) return "null";
  return std::format(R"({{"what":{},"ms":{},"per_echo":{:.3f}}})", json::Quote(rung.toro->what),
                     rung.toro->ms, rung.toro->ms / kToroEchoMs);
}

std::string StepJson(const Step& step, std::int64_t echo_ns) {
  std::string json = std::format(R"({{"name":{},"title":{},"accelerator":{},"status":{},"toro":{})",
                                 json::Quote(step.rung.full_name()), json::Quote(step.rung.title),
                                 json::Quote(monitors::NameOf(step.rung.accelerator)),
                                 json::Quote(NameOf(step.status)), ToroJson(step.rung));
  if (!step.measured()) return json + std::format(R"(,"reason":{}}})", json::Quote(step.reason));
  const auto stretch_json = [](const Stretch& stretch) {
    return std::format(R"({{"name":{},"from":{},"to":{},"length_ns":{}}})",
                       json::Quote(stretch.name), json::Quote(stretch.from),
                       json::Quote(stretch.to), stretch.length_ns);
  };
  json +=
      std::format(R"(,"image_bytes":{},"runs":{},"per_echo":{:.3f})", step.image_bytes, step.runs(),
                  static_cast<double>(step.app_main_ns()) / static_cast<double>(echo_ns));
  json += std::format(",\n     \"app_main\":{},\n     \"process\":{},\n     \"stretches\":[{}]}}",
                      SamplesJson(step.marked, "app_main"), SamplesJson(step.process(), "process"),
                      List(StretchesOf(step), ",", stretch_json));
  return json;
}

}  // namespace

std::string_view TitleOf(monitors::Accelerator accelerator) {
  return accelerator == monitors::Accelerator::kKvm ? "KVM" : "emulation (TCG)";
}

std::string Times(double factor) {
  return std::format("{:.{}f}", factor, factor < 10 ? 2 : factor < 100 ? 1 : 0);
}

std::vector<const Step*> StepsOn(const Ladder& ladder, monitors::Accelerator accelerator) {
  std::vector<const Step*> steps;
  for (const Step& step : ladder.steps) {
    if (step.rung.accelerator == accelerator) steps.push_back(&step);
  }
  return steps;
}

std::string TextOf(const Ladder& ladder) {
  const auto echo_ns = static_cast<double>(std::max<std::int64_t>(ladder.echo_ns(), 1));
  std::string text = std::format("{}\n\n", ladder.host);
  text += std::format(kRow, "least of", "runs", "exec → main", "process", "image", "× echo",
                      "Toro's", "× echo");
  text += BaselineLine("a static program", ladder.unit, echo_ns, "");
  text += BaselineLine("/bin/echo hello", ladder.echo, echo_ns, std::format("{} ms", kToroEchoMs));
  for (const monitors::Accelerator accelerator : kAccelerators) {
    const std::vector<const Step*> steps = StepsOn(ladder, accelerator);
    if (!steps.empty()) text += std::format("{}\n", TitleOf(accelerator));
    for (const Step* const step : steps) text += StepLine(*step, echo_ns);
  }
  text += "order\n";
  for (const monitors::Accelerator accelerator : kAccelerators) {
    for (const Check& check : OrderOf(ladder, accelerator)) {
      if (check.value == 0) continue;
      text += std::format("  {}: {}\n", check.kept() ? "holds" : "BROKEN", check.Line());
    }
  }
  return text;
}

std::string JsonOf(const Ladder& ladder) {
  const std::int64_t echo_ns = std::max<std::int64_t>(ladder.echo_ns(), 1);
  std::vector<Check> checks;
  for (const monitors::Accelerator accelerator : kAccelerators) {
    std::ranges::copy(OrderOf(ladder, accelerator), std::back_inserter(checks));
  }
  const auto check_json = [](const Check& check) {
    return std::format(R"({{"slower":{},"faster":{},"times":{:.3f},"at_least":{},"kept":{}}})",
                       json::Quote(check.slower), json::Quote(check.faster), check.value,
                       check.at_least, check.kept());
  };
  return std::format(
      "{{\n  \"host\":{},\n  \"runs\":{},\n  \"unit\":{},\n  \"echo\":{},\n"
      "  \"toro_echo_ms\":{},\n  \"rungs\":[\n    {}],\n  \"order\":[\n    {}]\n}}\n",
      json::Quote(ladder.host), ladder.runs, SamplesJson(ladder.unit, "process"),
      SamplesJson(ladder.echo, "process"), kToroEchoMs,
      List(ladder.steps, ",\n    ", [&](const Step& step) { return StepJson(step, echo_ns); }),
      List(checks, ",\n    ", check_json));
}

}  // namespace ladder
