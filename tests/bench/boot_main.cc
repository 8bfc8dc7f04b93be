// The boot benchmark: boots appliances on each monitor in turn with /bin/echo and a static program,
// prints the table, and writes it as JSON and as one HTML page.
//
//   ./bazelw run //tests/bench:boot -- [--runs=50] [--warmups=3] [--out=FOLDER]
#include <cstdio>
#include <cstdlib>
#include <format>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "images/monitors/machine.h"
#include "tests/harness/boot.h"
#include "tests/harness/flags.h"
#include "tests/harness/measure.h"
#include "tests/harness/report/report.h"

namespace {

using harness::Result;
using harness::Series;
using harness::Subject;
using monitors::Accelerator;
using monitors::Monitor;

std::string Environment(const char* name, const char* fallback) {
  const char* const value = std::getenv(name);
  return value == nullptr ? fallback : value;
}

struct Bench {
  monitors::Tools tools;
  std::string hello;
  std::string empty;
  std::string unit;
  harness::TickRate rate;

  Subject Boot(std::string name, const monitors::Machine& machine, bool marks) const {
    const harness::BootPlan plan = {.machine = machine, .tools = tools, .marks = marks};
    return {.name = name, .run = [this, name, plan]() -> Result<harness::Sample> {
              auto record = harness::BootOnce(plan, {}, rate);
              if (!record) return std::unexpected(record.error());
              if (!record->complaints.empty()) {
                return std::unexpected(name + ": " + record->complaints.front());
              }
              return harness::SampleOf(record->process, std::move(record->marks));
            }};
  }

  // Twice: once as it is, for the whole process, and once with the marks written down.
  void AddBoot(std::string_view name, const monitors::Machine& machine,
               std::vector<Subject>& subjects) const {
    subjects.push_back(Boot(std::format("{}: process", name), machine, false));
    subjects.push_back(Boot(std::format("{}: app_main", name), machine, true));
  }

  std::vector<Subject> Subjects(bool kvm) const {
    // Whoever comes first runs on the caches that QEMU, the last of a round, has left behind: let
    // it be the one that nobody compares with.
    std::vector<Subject> subjects = {
        harness::ProgramSubject("static hello: process", {unit}),
        harness::EchoSubject("/bin/echo hello: process"),
    };
    if (kvm) {
      AddBoot("vmm, hello", {.image = hello}, subjects);
      AddBoot("vmm, empty", {.image = empty}, subjects);
      AddBoot("qemu_microvm kvm, hello", {.monitor = Monitor::kQemuMicrovm, .image = hello},
              subjects);
    }
    AddBoot("qemu_microvm tcg, hello",
            {.monitor = Monitor::kQemuMicrovm, .accelerator = Accelerator::kTcg, .image = hello},
            subjects);
    return subjects;
  }
};

harness::Report ReportOf(const std::vector<Series>& all, std::string note) {
  harness::Report report;
  report.title = "Boot of an appliance";
  report.note = std::move(note);
  for (const Series& series : all) {
    const bool marked = series.name.ends_with("app_main");
    report.rows.push_back({series.name, series.Of(marked ? "app_main" : "process")});
    if (series.name == "vmm, hello: app_main") report.phases = harness::PhasesOfFastest(series);
  }
  return report;
}

bool WriteFile(const std::string& path, std::string_view text) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && written;
}

int Fail(const std::string& why) {
  std::fprintf(stderr, "bench: %s\n", why.c_str());
  return 1;
}

int Main(std::span<char* const> words) {
  const auto flags = harness::Flags::Parse(
      words, {"vmm", "qemu", "hello", "empty", "unit", "runs", "warmups", "out"});
  if (!flags) return Fail(flags.error());
  const auto runs = flags->Number("runs", 50);
  const auto warmups = flags->Number("warmups", 3);
  if (!runs) return Fail(runs.error());
  if (!warmups) return Fail(warmups.error());
  const Bench bench = {.tools = {.vmm = flags->Get("vmm"), .qemu = flags->Get("qemu")},
                       .hello = flags->Get("hello"),
                       .empty = flags->Get("empty"),
                       .unit = flags->Get("unit"),
                       .rate = {}};
  const Result<void> kvm = monitors::KvmUsable();
  std::string note =
      std::format("{} runs in turn, after {} warm-ups; marks count from exec", *runs, *warmups);
  if (!kvm) note += "; no KVM: " + kvm.error();
  const auto measured = harness::Measure(bench.Subjects(kvm.has_value()),
                                         static_cast<int>(*warmups), static_cast<int>(*runs));
  if (!measured) return Fail(measured.error());
  const harness::Report report = ReportOf(*measured, note);
  std::fputs(harness::TextOf(report).c_str(), stdout);
  // Bazel starts us elsewhere; the user wants the files where the command was typed.
  const std::string folder = flags->Get("out", Environment("BUILD_WORKING_DIRECTORY", "."));
  const std::string base = folder + "/boot-bench";
  if (!WriteFile(base + ".json", harness::JsonOf(report)) ||
      !WriteFile(base + ".html", harness::HtmlOf(report))) {
    return Fail("cannot write " + base + ".json and .html; choose another folder with --out=");
  }
  std::printf("written: %s.json %s.html\n", base.c_str(), base.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
