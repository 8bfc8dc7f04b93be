#include "tests/harness/boot.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <format>
#include <memory>

#include "kernel/abi/crash_line.h"

namespace harness {
namespace {

using monitors::Accelerator;
using monitors::Monitor;

void AddWord(std::string_view word, std::string& command_line) {
  if (!command_line.empty()) command_line += ' ';
  command_line += word;
}

void ReadMarksOfVmm(BootRecord& record) {
  const auto stats = json::Parse(record.process.file);
  if (!stats) return record.complaints.push_back("statistics are no JSON: " + stats.error());
  record.stats = *stats;
  const Result<Marks> marks = MarksFromStats(*stats, record.process.exec_ns);
  if (!marks) return record.complaints.push_back(marks.error());
  record.marks = *marks;
}

void ReadMarksOfQemu(const TickRate& rate, BootRecord& record) {
  const std::string& console = record.process.output;
  const Result<abi::BootClock> clock = ClockFromConsole(console);
  if (!clock) return record.complaints.push_back(clock.error());
  // The first byte of the line leaves right after the last mark; the line itself takes a while.
  const std::int64_t arrival = record.process.ArrivalOf(MarksLineOffset(console));
  record.marks =
      MarksFromClock(*clock, arrival - record.process.exec_ns, rate.nanoseconds_per_tick());
  if (record.marks.front().at_ns < 0) {
    record.complaints.push_back("the marks lie before the exec of the monitor");
  }
}

}  // namespace

Result<std::string> ReadFile(const std::string& path) {
  const std::unique_ptr<std::FILE, decltype(&std::fclose)> file(std::fopen(path.c_str(), "rb"),
                                                                std::fclose);
  if (!file) return std::unexpected(std::format("{}: {}", path, std::strerror(errno)));
  std::string text;
  char buffer[65536];
  while (const std::size_t count = std::fread(buffer, 1, sizeof(buffer), file.get())) {
    text.append(buffer, count);
  }
  if (std::ferror(file.get())) return std::unexpected(path + ": cannot be read");
  return text;
}

namespace {

// Firmware clears the screen of its serial terminal before it lets anybody write there.
// Source: ECMA-48, section 5.4 (control sequences).
std::string_view WithoutControlSequences(std::string_view line) {
  while (line.starts_with("\x1b[")) {
    const auto end = std::ranges::find_if(
        line.substr(2), [](char character) { return character >= 0x40 && character < 0x7f; });
    line.remove_prefix(end == line.end() ? line.size() : end - line.begin() + 1);
  }
  return line;
}

}  // namespace

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    // GRUB ends its lines the other way round.
    if (line.starts_with('\r')) line.remove_prefix(1);
    lines.push_back(WithoutControlSequences(line));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<std::string> Judge(const Expectation& expectation, std::string_view console,
                               const monitors::Verdict& verdict) {
  std::vector<std::string> complaints;
  std::size_t found = 0;
  for (const std::string_view line : Lines(console)) {
    if (line.starts_with(abi::kCrashPrefix) && expectation.status != monitors::kGuestFault) {
      complaints.push_back(std::format("the image crashed: {}", line));
    }
    if (found < expectation.lines.size() && line == expectation.lines[found]) ++found;
  }
  if (found < expectation.lines.size()) {
    complaints.push_back(std::format("line {} of {} never came: \"{}\"", found + 1,
                                     expectation.lines.size(), expectation.lines[found]));
  }
  if (verdict.status != expectation.status) {
    complaints.push_back(std::format("exit status {}, wanted {}{}{}", verdict.status,
                                     expectation.status, verdict.reason.empty() ? "" : ": ",
                                     verdict.reason));
  }
  return complaints;
}

Result<BootRecord> BootOnce(const BootPlan& plan, const Expectation& expectation,
                            const TickRate& rate) {
  monitors::Machine machine = plan.machine;
  const bool qemu = machine.is_qemu();
  // An image that has its command line inside has the word there.
  const bool takes_words = EffectiveMedium(machine) == monitors::Medium::kKernel;
  if (plan.marks && qemu && takes_words) AddWord(abi::kBootMarksWord, machine.command_line);
  if (plan.marks && !qemu) {
    machine.vmm_flags.push_back(std::format("--stats={}", monitors::kFilePath));
  }
  const auto line = CommandLine(machine, plan.tools);
  if (!line) return std::unexpected(line.error());
  auto process = monitors::RunProcess({
      .arguments = *line,
      .environment = Environment(machine, plan.tools),
      .timeout_ns = plan.timeout_ns,
      // QEMU's marks are tied to the clock by their arrival, and a QEMU that stopped must be ended.
      .live = qemu,
      .on_text =
          [](monitors::Stream stream, std::string_view text) {
            return stream == monitors::Stream::kOutput || !monitors::SaysStopped(text);
          },
      .with_file = plan.marks && !qemu,
  });
  if (!process) return std::unexpected(process.error());
  BootRecord record = {.process = *std::move(process)};
  record.verdict = monitors::Judge(machine, record.process);
  record.complaints = Judge(expectation, record.process.output, record.verdict);
  // A boot that went wrong has no marks to complain of as well.
  if (!plan.marks || !record.complaints.empty()) return record;
  if (qemu) {
    ReadMarksOfQemu(rate, record);
  } else {
    ReadMarksOfVmm(record);
  }
  return record;
}

Result<InstructionCount> CountInstructions(BootPlan plan, const Expectation& expectation) {
  if (!plan.machine.is_qemu()) plan.machine.monitor = Monitor::kQemuMicrovm;
  plan.machine.accelerator = Accelerator::kTcg;
  plan.machine.vmm_flags.clear();
  plan.machine.count_instructions = true;
  plan.marks = true;
  const Result<BootRecord> record = BootOnce(plan, expectation, TickRate());
  if (!record) return std::unexpected(record.error());
  const Result<abi::BootClock> clock = ClockFromConsole(record->process.output);
  if (!clock) return std::unexpected(clock.error());
  const auto at = [&](abi::BootMark mark) {
    return static_cast<std::int64_t>(clock->tsc[static_cast<std::size_t>(mark)]);
  };
  const std::int64_t entry = at(abi::BootMark::kNucleusEntry);
  return InstructionCount{.to_app_main = at(abi::BootMark::kAppMain) - entry,
                          .ring0 = at(abi::BootMark::kRing3Entry) - entry};
}

}  // namespace harness
