// The harness of boot_test: boots one appliance many times on one monitor, judges each boot and the
// budgets, and writes samples.json, report.html and a trace into the test's outputs.
//
// Ends with 0 if all was good, 1 if a boot or a budget was not, 2 if it could not be found out.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <format>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "images/monitors/machine.h"
#include "tests/harness/boot.h"
#include "tests/harness/boot_plan.h"
#include "tests/harness/budget.h"
#include "tests/harness/flags.h"
#include "tests/harness/measure.h"
#include "tests/harness/report/report.h"

namespace harness {
namespace {

constexpr int kGood = 0;
constexpr int kBad = 1;
constexpr int kCannotTell = 2;

// Everything that the BUILD file says of one test.
struct TestPlan {
  BootPlan boot;
  Expectation expectation;
  std::vector<Budget> budgets;
  std::string stripped_image;
  std::string unit;
  int boots = 20;
  int warmups = 2;

  bool Wants(std::string_view count_or_yardstick) const {
    for (const Budget& budget : budgets) {
      if (budget.name == count_or_yardstick || budget.yardstick == count_or_yardstick) return true;
    }
    return false;
  }
  bool wants_marks() const {
    for (const Budget& budget : budgets) {
      const bool image_only = budget.name == "image_bytes" || budget.name == "monitor_bytes" ||
                              budget.name.contains("instructions");
      if (!image_only && budget.what != "process") return true;
    }
    return false;
  }
};

std::string Environment(const char* name, const char* fallback) {
  const char* const value = std::getenv(name);
  return value == nullptr ? fallback : value;
}

Result<TestPlan> PlanFrom(std::span<char* const> words) {
  static constexpr std::array<std::string_view, 7> kFlags = {
      "stripped-image", "unit", "expect", "status", "budget", "boots", "warmups"};
  const Result<Flags> flags = Flags::Parse(words, BootFlagsAnd(kFlags));
  if (!flags) return std::unexpected(flags.error());
  TestPlan plan;
  Result<BootPlan> boot = BootPlanFrom(*flags);
  if (!boot) return std::unexpected(boot.error());
  plan.boot = *std::move(boot);

  plan.stripped_image = flags->Get("stripped-image");
  plan.unit = flags->Get("unit");
  plan.expectation.lines = flags->All("expect");
  const auto status = flags->Number("status", 0);
  const auto boots = flags->Number("boots", 20);
  const auto warmups = flags->Number("warmups", 2);
  for (const auto* number : {&status, &boots, &warmups}) {
    if (!*number) return std::unexpected(number->error());
  }
  plan.expectation.status = static_cast<int>(*status);
  plan.boots = static_cast<int>(*boots);
  plan.warmups = static_cast<int>(*warmups);
  for (const std::string& text : flags->All("budget")) {
    const Result<Budget> budget = ParseBudget(text);
    if (!budget) return std::unexpected(budget.error());
    plan.budgets.push_back(*budget);
  }
  return plan;
}

// Boots, judges and measures one appliance.
class Test {
 public:
  explicit Test(const TestPlan& plan) : plan_(plan) {}

  Result<Report> Run() {
    if (const Result<void> counted = Count(); !counted) return std::unexpected(counted.error());
    Report report;
    for (int turn = 1;; ++turn) {
      const Result<std::vector<Series>> series = Measure(Subjects(), plan_.warmups, plan_.boots);
      // The first bad boot ends the measurement; its complaints are the result.
      if (!series && complaints_.empty()) return std::unexpected(series.error());
      report = NewReport(turn);
      if (!series) return report;
      for (const Series& one : *series) Keep(one);
      JudgeInto(report);
      // More samples only bring each minimum nearer to the truth, the yardsticks' too: a busy
      // machine gets more time, a slow boot no better a verdict.
      if (turn == kTurns || !OnlyTimesBroken(report)) return report;
    }
  }

 private:
  // How often a measurement is gone on with before a broken time budget is believed.
  static constexpr int kTurns = 4;

  static bool OnlyTimesBroken(const Report& report) {
    bool broken = false;
    for (const Judgement& judgement : report.judgements) {
      if (judgement.kept) continue;
      if (judgement.budget.kind == Budget::Kind::kCount) return false;
      broken = true;
    }
    return broken;
  }

  void JudgeInto(Report& report) const {
    const bool absolute = Environment("TORITO_ABSOLUTE", "0") == "1";
    for (const Budget& budget : plan_.budgets) {
      report.judgements.push_back(JudgeBudget(budget, measured_, absolute));
    }
    report.rows = RowsOf(measured_);
    report.phases = PhasesOfFastest(measured_.marked);
    report.counts.assign(measured_.counts.begin(), measured_.counts.end());
  }

  Report NewReport(int turns) const {
    Report report;
    const std::string& image = plan_.boot.machine.image;
    report.title =
        std::format("{} on {} ({})", image.substr(image.rfind('/') + 1),
                    NameOf(plan_.boot.machine.monitor), NameOf(plan_.boot.machine.accelerator));
    report.note = std::format("{} boots, in turn with the yardsticks; {} warm-ups before each {}",
                              turns * plan_.boots, plan_.warmups, plan_.boots);
    report.complaints = complaints_;
    return report;
  }

  Subject BootSubject(const std::string& name, const BootPlan& boot) {
    const auto run = [this, name, boot]() -> Result<Sample> {
      Result<BootRecord> record = BootOnce(boot, plan_.expectation, rate_);
      if (!record) return std::unexpected(record.error());
      if (!record->complaints.empty()) {
        complaints_ = record->complaints;
        console_ = record->process.output + record->process.errors;
        return std::unexpected("a bad boot");
      }
      if (name == "marked") CountFromStats(record->stats);
      return SampleOf(record->process, std::move(record->marks));
    };
    return {.name = name, .run = run};
  }

  std::vector<Subject> Subjects() {
    std::vector<Subject> subjects;
    if (plan_.Wants("unit")) subjects.push_back(ProgramSubject("unit", {plan_.unit}));
    if (plan_.Wants("echo")) subjects.push_back(EchoSubject("echo"));
    // The whole process and the marks are taken from boots of their own: what it costs to write the
    // marks down is no part of a boot.
    subjects.push_back(BootSubject("boot", plan_.boot));
    BootPlan marked = plan_.boot;
    marked.marks = true;
    if (plan_.wants_marks()) subjects.push_back(BootSubject("marked", marked));
    if (plan_.Wants("qemu_microvm")) {
      marked.machine.monitor = monitors::Monitor::kQemuMicrovm;
      marked.machine.vmm_flags.clear();
      subjects.push_back(BootSubject("qemu_microvm", marked));
    }
    return subjects;
  }

  void Keep(const Series& series) {
    Series* kept = &measured_.boot;
    if (series.name == "marked") kept = &measured_.marked;
    if (series.name != "boot" && series.name != "marked") kept = &measured_.yardsticks[series.name];
    kept->name = series.name;
    kept->samples.insert(kept->samples.end(), series.samples.begin(), series.samples.end());
  }

  // The largest of all boots: a budget on a count holds for each.
  void CountFromStats(const json::Value& stats) {
    const auto keep = [&](const std::string& name, const json::Value& value) {
      if (!value.is(json::Value::Kind::kNumber)) return;
      double& kept = measured_.counts[name];
      kept = std::max(kept, value.number());
    };
    keep("exits_to_app_main", stats["exits_to_app_main"]);
    keep("touched_bytes", stats["memory"]["touched_bytes"]);
    keep("monitor_private_bytes", stats["memory"]["monitor_private_bytes"]);
  }

  Result<void> Count() {
    const auto size = [&](const std::string& name, const std::string& path) -> Result<void> {
      if (!plan_.Wants(name)) return {};
      const Result<std::string> bytes = ReadFile(path);
      if (!bytes) return std::unexpected(bytes.error());
      measured_.counts[name] = static_cast<double>(bytes->size());
      return {};
    };
    if (auto sized = size("image_bytes", plan_.stripped_image); !sized) return sized;
    if (auto sized = size("monitor_bytes", plan_.boot.tools.vmm); !sized) return sized;
    if (!plan_.Wants("instructions_to_app_main") && !plan_.Wants("ring0_instructions")) return {};
    const Result<InstructionCount> count = CountInstructions(plan_.boot, plan_.expectation);
    if (!count) return std::unexpected("counting instructions: " + count.error());
    measured_.counts["instructions_to_app_main"] = static_cast<double>(count->to_app_main);
    measured_.counts["ring0_instructions"] = static_cast<double>(count->ring0);
    return {};
  }

 public:
  // What the bad boot printed, for whoever reads the log.
  const std::string& console() const { return console_; }

 private:
  const TestPlan& plan_;
  TickRate rate_;
  Measurements measured_;
  std::vector<std::string> complaints_;
  std::string console_;
};

void WriteFile(const std::string& path, std::string_view text) {
  if (std::FILE* const file = std::fopen(path.c_str(), "wb")) {
    std::fwrite(text.data(), 1, text.size(), file);
    std::fclose(file);
  }
}

// One more boot, which nobody measures, for its trace.
void WriteTrace(TestPlan plan, const std::string& folder) {
  if (plan.boot.machine.is_qemu()) return;
  plan.boot.machine.vmm_flags.push_back("--trace=" + folder + "/trace.json");
  const Result<BootRecord> record = BootOnce(plan.boot, plan.expectation, TickRate());
  if (!record || !record->complaints.empty()) std::puts("BAD: the boot for the trace went wrong");
}

int Main(std::span<char* const> words) {
  const Result<TestPlan> plan = PlanFrom(words);
  if (!plan) {
    std::fprintf(stderr, "boot_test: %s\n", plan.error().c_str());
    return kCannotTell;
  }
  if (plan->boot.machine.accelerator == monitors::Accelerator::kKvm) {
    if (const Result<void> kvm = monitors::KvmUsable(); !kvm) {
      std::fprintf(stderr,
                   "boot_test: this test needs KVM: %s\n(--config=nokvm leaves such tests out)\n",
                   kvm.error().c_str());
      return kCannotTell;
    }
  }
  Test test(*plan);
  const Result<Report> report = test.Run();
  if (!report) {
    std::fprintf(stderr, "boot_test: %s\n", report.error().c_str());
    return kCannotTell;
  }
  std::fputs(TextOf(*report).c_str(), stdout);
  if (!test.console().empty()) std::printf("---- it printed:\n%s\n", test.console().c_str());
  if (const std::string outputs = Environment("TEST_UNDECLARED_OUTPUTS_DIR", "");
      !outputs.empty()) {
    WriteFile(outputs + "/samples.json", JsonOf(*report));
    WriteFile(outputs + "/report.html", HtmlOf(*report));
    if (report->good()) WriteTrace(*plan, outputs);
  }
  return report->good() ? kGood : kBad;
}

}  // namespace
}  // namespace harness

int main(int argc, char** argv) {
  return harness::Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
