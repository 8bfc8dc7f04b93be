// The ladder: boots the same appliance on every rung that this host can run, in turn with
// /bin/echo, prints the table, and writes it as JSON and as one HTML page.
//
//   ./bazelw run //tests/boot:ladder -- [--runs=20] [--out=FOLDER] [--rungs=NAME,…]
//
// Ends with 0 if every rung that can run did, 1 if one failed or, with --judge=kvm or --judge=tcg,
// the order on that accelerator does not hold.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <format>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/harness/boot.h"
#include "tests/harness/flags.h"
#include "tests/ladder/climb.h"
#include "tests/ladder/ladder.h"
#include "tests/ladder/report.h"

namespace ladder {
namespace {

constexpr std::int64_t kTimeoutNs = 60'000'000'000;
constexpr std::string_view kLine = "hello from Torito";
// Where the rungs begin among the entrants: the static program and echo come before them.
constexpr std::size_t kBaselines = 2;

int Fail(const std::string& why) {
  std::fprintf(stderr, "ladder: %s\n", why.c_str());
  return 1;
}

std::string Environment(const char* name, const char* fallback) {
  const char* const value = std::getenv(name);
  return value == nullptr ? fallback : value;
}

// Boots rungs.
class Boots {
 public:
  Boots(monitors::Tools tools, std::map<std::string, std::string, std::less<>> images)
      : tools_(std::move(tools)), images_(std::move(images)), kvm_(monitors::KvmUsable()) {}

  bool HasImage(const Rung& rung) const { return images_.contains(rung.image); }

  /// A step that is still to be measured, or that says why it cannot be.
  Step StepOf(const Rung& rung) const {
    Step step = {.rung = rung};
    if (const auto bytes = harness::ReadFile(PathOf(rung))) {
      step.image_bytes = static_cast<std::int64_t>(bytes->size());
    }
    step.reason = WhyNot(rung);
    if (!step.reason.empty()) step.status = Status::kCannotRun;
    return step;
  }

  Entrant EntrantOf(const Rung& rung) const {
    Entrant entrant = {.name = rung.full_name()};
    // Twice where the command line is given at the start: once as it is, for the whole process, and
    // once with its marks written down.
    if (!HasItsCommandLineInside(rung)) entrant.subjects.push_back(SubjectOf(rung, false));
    entrant.subjects.push_back(SubjectOf(rung, true));
    return entrant;
  }

 private:
  static bool HasItsCommandLineInside(const Rung& rung) {
    return monitors::EffectiveMedium(rung.MachineOf("")) != monitors::Medium::kKernel;
  }

  std::string PathOf(const Rung& rung) const { return images_.find(rung.image)->second; }

  harness::BootPlan PlanOf(const Rung& rung, bool marks) const {
    return {.machine = rung.MachineOf(PathOf(rung)),
            .tools = tools_,
            .timeout_ns = kTimeoutNs,
            .marks = marks};
  }

  std::string WhyNot(const Rung& rung) const {
    if (rung.accelerator != monitors::Accelerator::kKvm) return "";
    if (!kvm_) return kvm_.error();
    if (!rung.whole_kvm) return "";
    // Found out by trying: a KVM that cannot go on says so at once.
    const auto record = harness::BootOnce(PlanOf(rung, false), {}, rate_);
    const bool stopped = record && monitors::SaysStopped(record->process.errors);
    return stopped ? "this host's KVM emulates ring 0, and not all that this firmware uses" : "";
  }

  harness::Subject SubjectOf(const Rung& rung, bool marks) const {
    const auto run = [this, plan = PlanOf(rung, marks)]() -> Result<harness::Sample> {
      auto record = harness::BootOnce(plan, {.lines = {std::string(kLine)}}, rate_);
      if (!record) return std::unexpected(record.error());
      // How it ended says more than which line is missing.
      if (!record->complaints.empty()) return std::unexpected(record->complaints.back());
      return harness::SampleOf(record->process, std::move(record->marks));
    };
    return {.name = marks ? "marked" : "whole", .run = run};
  }

  monitors::Tools tools_;
  std::map<std::string, std::string, std::less<>> images_;
  Result<void> kvm_;
  harness::TickRate rate_;
};

// "AMD EPYC, 2 processors; PVM (kvm_pvm): …", as far as it can be found out.
std::string HostOf(const std::string& vmm) {
  std::string processor = "an unknown processor";
  const auto cpuinfo = harness::ReadFile("/proc/cpuinfo");
  for (const std::string_view line : harness::Lines(cpuinfo ? *cpuinfo : "")) {
    if (!line.starts_with("model name")) continue;
    processor = line.substr(std::min(line.find(": ") + 2, line.size()));
    break;
  }
  std::string host =
      std::format("{}, {} processors", processor, std::thread::hardware_concurrency());
  const auto check = monitors::RunProcess({.arguments = {vmm, "check"}});
  for (const std::string_view line : harness::Lines(check ? check->output : "")) {
    constexpr std::string_view kBackend = "backend: ";
    if (line.starts_with(kBackend)) host += std::format("; {}", line.substr(kBackend.size()));
  }
  return host;
}

// On a terminal one line that changes; elsewhere, such as in a log, a line for each round.
class Progress {
 public:
  ~Progress() {
    if (live_) std::fputs("\r\033[K", stderr);
  }

  void Show(const Turn& turn) {
    if (live_) {
      std::fprintf(stderr, "\r\033[K%s", LineOf(turn).c_str());
    } else if (turn.round == 0 || turn.round != round_) {
      std::fprintf(stderr, "%s\n", LineOf(turn).c_str());
    }
    round_ = turn.round;
  }

 private:
  bool live_ = isatty(STDERR_FILENO) != 0;
  int round_ = 0;
};

Ladder Measure(const Boots& boots, std::span<const Rung> rungs, const std::string& unit, int runs) {
  Ladder ladder = {.runs = runs};
  // Whoever comes first runs on the caches that QEMU, the last of a round, has left behind: let it
  // be the one that nobody compares with.
  std::vector<Entrant> entrants = {
      {.name = "a static program", .subjects = {harness::ProgramSubject("unit", {unit})}},
      {.name = "echo", .subjects = {harness::EchoSubject("echo")}}};
  for (const Rung& rung : rungs) {
    ladder.steps.push_back(boots.StepOf(rung));
    if (ladder.steps.back().measured()) entrants.push_back(boots.EntrantOf(rung));
  }
  Progress progress;
  std::vector<Course> courses =
      Climb(entrants, runs, [&](const Turn& turn) { progress.Show(turn); });
  ladder.unit = std::move(courses[0].series.front());
  ladder.echo = std::move(courses[1].series.front());
  std::size_t next = kBaselines;
  for (Step& step : ladder.steps) {
    if (!step.measured()) continue;
    Course& course = courses[next++];
    step.reason = course.error;
    if (!course.error.empty()) step.status = Status::kFailed;
    step.marked = std::move(course.series.back());
    if (course.series.size() > 1) step.whole = std::move(course.series.front());
  }
  std::ranges::reverse(ladder.steps);
  return ladder;
}

bool WriteFile(const std::string& path, std::string_view text) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && written;
}

// Which checks of the order on that accelerator do not hold, or could not be made.
std::vector<Check> BrokenOf(const Ladder& ladder, monitors::Accelerator accelerator) {
  std::vector<Check> checks = OrderOf(ladder, accelerator);
  std::erase_if(checks, [](const Check& check) { return check.kept(); });
  return checks;
}

// More samples bring each minimum nearer to the truth: a busy machine gets more time before a
// broken order is believed.
void ClimbAgain(const Boots& boots, std::span<const Rung> rungs, const std::string& unit,
                monitors::Accelerator accelerator, Ladder& ladder) {
  constexpr int kClimbs = 3;
  for (int climb = 1; climb < kClimbs && !ladder.failed(); ++climb) {
    if (BrokenOf(ladder, accelerator).empty()) return;
    std::puts("the order does not hold yet: once more");
    ladder.Add(Measure(boots, rungs, unit, ladder.runs));
  }
}

Result<void> WriteReports(const Ladder& ladder, const std::string& out) {
  // Bazel starts us elsewhere; the user wants the files where the command was typed.
  const std::string here = Environment("BUILD_WORKING_DIRECTORY", ".");
  std::string folder = out.empty() ? Environment("TEST_UNDECLARED_OUTPUTS_DIR", here.c_str()) : out;
  if (!folder.starts_with('/')) folder = here + "/" + folder;
  mkdir(folder.c_str(), 0777);
  const std::string base = folder + "/ladder";
  if (!WriteFile(base + ".json", JsonOf(ladder)) || !WriteFile(base + ".html", PageOf(ladder))) {
    return std::unexpected("cannot write " + base +
                           ".json and .html; choose another folder with --out=");
  }
  std::printf("written: %s.json %s.html\n", base.c_str(), base.c_str());
  return {};
}

// Paths by name of image.
std::map<std::string, std::string, std::less<>> ImagesFrom(const harness::Flags& flags) {
  std::map<std::string, std::string, std::less<>> images;
  for (const std::string& image : flags.All("image")) {
    const std::size_t equals = std::min(image.find('='), image.size() - 1);
    images[image.substr(0, equals)] = image.substr(equals + 1);
  }
  return images;
}

Result<std::vector<Rung>> RungsFrom(const harness::Flags& flags, const Boots& boots) {
  std::vector<Rung> rungs = AllRungs();
  std::erase_if(rungs, [&](const Rung& rung) { return !boots.HasImage(rung); });
  return Select(rungs, flags.Get("rungs"));
}

int Main(std::span<char* const> words) {
  const auto flags = harness::Flags::Parse(
      words, {"vmm", "qemu", "ovmf", "image", "unit", "runs", "rungs", "out", "judge"});
  if (!flags) return Fail(flags.error());
  const auto runs = flags->Number("runs", 20);
  if (!runs) return Fail(runs.error());
  if (*runs < 1 || *runs > 10'000) return Fail("--runs: give 1 to 10000");
  std::optional<monitors::Accelerator> judge;
  if (const std::string name = flags->Get("judge"); !name.empty()) {
    const auto accelerator = monitors::AcceleratorFromName(name);
    if (!accelerator) return Fail(accelerator.error());
    judge = *accelerator;
  }
  const Boots boots(
      {.vmm = flags->Get("vmm"), .qemu = flags->Get("qemu"), .ovmf = flags->Get("ovmf")},
      ImagesFrom(*flags));
  const auto rungs = RungsFrom(*flags, boots);
  if (!rungs) return Fail(rungs.error());
  Ladder ladder = Measure(boots, *rungs, flags->Get("unit"), static_cast<int>(*runs));
  ladder.host = HostOf(flags->Get("vmm"));
  if (judge) ClimbAgain(boots, *rungs, flags->Get("unit"), *judge, ladder);
  if (ladder.echo.samples.empty()) return Fail("/bin/echo could not be measured");
  std::fputs(TextOf(ladder).c_str(), stdout);
  if (const Result<void> written = WriteReports(ladder, flags->Get("out")); !written) {
    return Fail(written.error());
  }
  const std::vector<Check> broken = judge ? BrokenOf(ladder, *judge) : std::vector<Check>();
  for (const Check& check : broken) std::printf("BAD: %s\n", check.Line().c_str());
  return broken.empty() && !ladder.failed() ? 0 : 1;
}

}  // namespace
}  // namespace ladder

int main(int argc, char** argv) {
  return ladder::Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
