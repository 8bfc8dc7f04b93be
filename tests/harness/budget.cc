#include "tests/harness/budget.h"

#include <algorithm>
#include <cstdlib>
#include <format>

namespace harness {
namespace {

constexpr std::string_view kPer = "_per_";
constexpr std::string_view kMicroseconds = "_us";
constexpr std::array<std::string_view, 3> kYardsticks = {"unit", "echo", "qemu_microvm"};

bool Knows(const auto& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool IsTime(std::string_view what) { return what == "process" || Knows(kAllMarks, what); }

Result<Budget> Unknown(std::string_view name) {
  std::string known;
  for (const std::string_view count : kCountNames) known += std::format("{}, ", count);
  return std::unexpected(std::format(
      "no budget named {}; known: {}TIME_per_unit, TIME_per_echo, TIME_per_qemu_microvm and "
      "TIME_us, where TIME is process or a boot mark",
      name, known));
}

// " (… 812 us; longest phase: kernel_main → units_ready, 401 us)" for a time that ends at `what`.
std::string WhereItWent(std::string_view what, const Measurements& measured) {
  const std::vector<Phase> phases = PhasesOfFastest(measured.marked);
  const std::int64_t end = what == "process" ? INT64_MAX : measured.Minimum(what);
  const Phase* longest = nullptr;
  for (const Phase& phase : phases) {
    if (phase.start_ns >= end) break;
    if (longest == nullptr || phase.length_ns > longest->length_ns) longest = &phase;
  }
  if (longest == nullptr) return "";
  return std::format("; longest phase: {}, {} us", longest->name, longest->length_ns / 1000);
}

std::int64_t YardstickMinimum(const Budget& budget, const Measurements& measured) {
  const auto found = measured.yardsticks.find(budget.yardstick);
  if (found == measured.yardsticks.end()) return 0;
  const bool rival = budget.yardstick == "qemu_microvm";
  return found->second.SummaryOf(rival ? std::string_view(budget.what) : "process").min;
}

void JudgeCount(const Measurements& measured, Judgement& judgement) {
  const auto found = measured.counts.find(judgement.budget.name);
  const bool there = found != measured.counts.end();
  judgement.value = there ? found->second : 0;
  judgement.kept = there && judgement.value <= judgement.budget.limit;
  judgement.line = there
                       ? std::format("{} = {:.0f}, limit {:.0f}", judgement.budget.name,
                                     judgement.value, judgement.budget.limit)
                       : std::format("{} was not measured on this monitor", judgement.budget.name);
}

void JudgeTime(const Measurements& measured, Judgement& judgement) {
  const Budget& budget = judgement.budget;
  const std::int64_t time = measured.Minimum(budget.what);
  const bool ratio = budget.kind == Budget::Kind::kRatio;
  const std::int64_t measure = ratio ? YardstickMinimum(budget, measured) : 1000;
  if (time <= 0 || measure <= 0) {
    judgement.kept = false;
    judgement.line = std::format("{} was not measured", budget.name);
    return;
  }
  judgement.value = static_cast<double>(time) / static_cast<double>(measure);
  judgement.kept = judgement.value <= budget.limit || !judgement.judged;
  const std::string against = ratio ? std::format(" ({} {} us, {} {} us)", budget.what, time / 1000,
                                                  budget.yardstick, measure / 1000)
                                    : "";
  judgement.line = std::format("{} = {:.3f}, limit {:.3f}{}{}", budget.name, judgement.value,
                               budget.limit, against, WhereItWent(budget.what, measured));
}

}  // namespace

Result<Budget> ParseBudget(std::string_view text) {
  const std::size_t equals = text.find('=');
  Budget budget;
  budget.name = text.substr(0, equals);
  const std::string limit(equals == std::string_view::npos ? "" : text.substr(equals + 1));
  char* end = nullptr;
  budget.limit = std::strtod(limit.c_str(), &end);
  if (limit.empty() || *end != '\0' || !(budget.limit >= 0)) {
    return std::unexpected(std::format("budget {}: the limit is no number", text));
  }
  const std::string_view name = budget.name;
  if (Knows(kCountNames, name)) return budget;
  if (const std::size_t per = name.find(kPer); per != std::string_view::npos) {
    budget.kind = Budget::Kind::kRatio;
    budget.what = name.substr(0, per);
    budget.yardstick = name.substr(per + kPer.size());
    if (IsTime(budget.what) && Knows(kYardsticks, budget.yardstick)) return budget;
  } else if (name.ends_with(kMicroseconds)) {
    budget.kind = Budget::Kind::kAbsolute;
    budget.what = name.substr(0, name.size() - kMicroseconds.size());
    if (IsTime(budget.what)) return budget;
  }
  return Unknown(name);
}

std::int64_t Measurements::Minimum(std::string_view what) const {
  return (what == "process" ? boot : marked).SummaryOf(what).min;
}

Judgement JudgeBudget(const Budget& budget, const Measurements& measured, bool judge_absolute) {
  Judgement judgement = {.budget = budget};
  judgement.judged = budget.kind != Budget::Kind::kAbsolute || judge_absolute;
  if (budget.kind == Budget::Kind::kCount) {
    JudgeCount(measured, judgement);
  } else {
    JudgeTime(measured, judgement);
  }
  return judgement;
}

std::vector<Phase> PhasesOfFastest(const Series& marked) {
  std::vector<Phase> phases;
  const Sample* fastest = nullptr;
  for (const Sample& sample : marked.samples) {
    const std::int64_t at = At(sample.marks, "app_main");
    if (at >= 0 && (fastest == nullptr || at < At(fastest->marks, "app_main"))) fastest = &sample;
  }
  if (fastest == nullptr) return phases;
  std::string from = "exec";
  std::int64_t start = 0;
  for (const Mark& mark : fastest->marks) {
    phases.push_back({std::format("{} → {}", from, mark.name), start, mark.at_ns - start});
    from = mark.name;
    start = mark.at_ns;
  }
  phases.push_back(
      {from + " → end of the process", start, fastest->process_ns - fastest->exec_ns - start});
  return phases;
}

}  // namespace harness
