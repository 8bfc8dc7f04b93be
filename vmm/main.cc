// vmm: from the command line to the exit status.
#include <unistd.h>

#include <string_view>
#include <utility>
#include <vector>

#include "vmm/base/file.h"
#include "vmm/base/text.h"
#include "vmm/check.h"
#include "vmm/config.h"
#include "vmm/crash/backtrace.h"
#include "vmm/machine/abandon.h"
#include "vmm/machine/machine.h"
#include "vmm/machine/observe.h"
#include "vmm/machine/run_loop.h"

namespace vmm {
namespace {

// The image's result n, 1 to 63, becomes this much more, so that it is not taken for our own.
constexpr int kEndedWith = 64;

// Nothing can be done about a standard error that takes no text.
void Say(std::string_view line) { (void)WriteAll(STDERR_FILENO, Cat("vmm: ", line, "\n")); }

int Complain(const Error& error) {
  Say(Message(error));
  return static_cast<int>(error.code);
}

// Files are made before the image runs: a wrong path is better said at once.
struct Reports {
  UniqueFd stats;
  UniqueFd trace;
};

Result<Reports> OpenReports(const MachineConfig& config) {
  Reports reports;
  for (const auto& [path, fd] : {std::pair{&config.stats_file, &reports.stats},
                                 std::pair{&config.trace_file, &reports.trace}}) {
    if (path->empty()) continue;
    auto file = CreateFile(*path);
    if (!file) return std::unexpected(file.error());
    *fd = *std::move(file);
  }
  return reports;
}

Result<void> WriteReports(const Reports& reports, const Observation& observation) {
  int error = 0;
  if (reports.stats) error = WriteAll(reports.stats.get(), StatsJson(observation));
  if (reports.trace && error == 0) {
    error = WriteAll(reports.trace.get(), TraceJson(observation));
  }
  if (error != 0) return HostFault("cannot write statistics or trace", error);
  return {};
}

// Names for the addresses of the image's own report, which it could not know.
void ExplainCrash(const Machine& machine) {
  const std::string console = Cat(machine.console.crash_line(), "\n");
  (void)WriteAll(STDERR_FILENO, ReadableBacktrace(console, machine.file.bytes()));
}

int Run(const MachineConfig& config, Ticks start) {
  HostMarks marks = {.monitor_start = start};
  Anchor first = {};
  Reports reports;
  if (config.observed()) {
    first = Anchor::Take();
    auto opened = OpenReports(config);
    if (!opened) return Complain(opened.error());
    reports = *std::move(opened);
  }
  auto machine = BuildMachine(config, marks);
  if (!machine) return Complain(machine.error());
  if (!config.trace_file.empty()) {
    for (const auto& core : (*machine)->cores) core->exits.KeepEach();
  }

  const Result<int> result = RunMachine(**machine, marks);

  if (config.observed()) {
    const auto written = WriteReports(reports, Observe(**machine, marks, first));
    if (!written) return Complain(written.error());
  }
  int status = 0;
  if (result) {
    status = *result == 0 ? 0 : kEndedWith + *result;
  } else if (config.quiet && result.error().code == Code::kGuestFault) {
    status = static_cast<int>(Code::kGuestFault);
  } else {
    ExplainCrash(**machine);
    status = Complain(result.error());
  }
  ExitAbandoning(**machine, status);
}

int Main(std::span<char* const> arguments, Ticks start) {
  std::vector<std::string_view> words;
  words.reserve(arguments.size());
  for (const char* const argument : arguments.subspan(1)) words.emplace_back(argument);
  const Result<Command> command = ParseCommandLine(words);
  if (!command) return Complain(command.error());
  switch (command->kind) {
    case Command::Kind::kRun:
      return Run(command->config, start);
    case Command::Kind::kCheck:
      return Check(command->config.kvm_device);
    case Command::Kind::kHelp:
      return WriteAll(STDOUT_FILENO, kHelpText) == 0 ? 0 : static_cast<int>(Code::kHostFault);
  }
  std::unreachable();
}

}  // namespace
}  // namespace vmm

int main(int argc, char** argv) {
  const vmm::Ticks start = vmm::Now();
  // Not exit(): nothing is registered that would have to be called.
  _exit(vmm::Main({argv, static_cast<std::size_t>(argc)}, start));
}
