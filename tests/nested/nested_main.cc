// Boots a pinned Debian kernel with kvm_amd under QEMU's emulation of SVM, runs our monitor inside
// it, and judges every command of commands.txt: true KVM semantics, on any machine.
//
//   nested --qemu=DIR --kernel=FILE --initramfs=FILE --commands=FILE --faults-image=ELF
#include <algorithm>
#include <cstdio>
#include <format>
#include <span>
#include <string>
#include <vector>

#include "images/monitors/machine.h"
#include "tests/elf/elf.h"
#include "tests/harness/boot.h"
#include "tests/harness/flags.h"
#include "tests/kernel/faults/expectations.h"
#include "tests/nested/console.h"

namespace nested {
namespace {

constexpr int kCannotTell = 2;
constexpr std::int64_t kTimeoutNs = 240'000'000'000;
constexpr std::string_view kHelloLine = "hello from Torito\n";

std::vector<std::string> QemuLine(const harness::Flags& flags) {
  std::vector<std::string> line = monitors::QemuProgram({.qemu = flags.Get("qemu")});
  line.insert(
      line.end(),
      {
          "-accel",
          "tcg,thread=multi",
          // The only virtualisation that QEMU can emulate is SVM with nested paging.
          "-cpu",
          "EPYC,+svm,+npt",
          "-M",
          "q35",
          "-smp",
          "1",
          "-m",
          "512M",
          "-nodefaults",
          "-no-user-config",
          "-display",
          "none",
          "-no-reboot",
          "-bios",
          "qboot.rom",
          "-serial",
          "stdio",
          "-kernel",
          flags.Get("kernel"),
          "-initrd",
          flags.Get("initramfs"),
          // quiet: the serial line is slow. panic: end instead of hanging. The rest: start sooner.
          "-append",
          "console=ttyS0 quiet panic=-1 tsc=reliable mitigations=off nokaslr",
      });
  return line;
}

// The value of "--cmdline=" in a command.
std::string CommandLineIn(std::string_view command) {
  constexpr std::string_view kFlag = "--cmdline=";
  const std::size_t at = command.find(kFlag);
  if (at == std::string_view::npos) return "";
  const std::string_view rest = command.substr(at + kFlag.size());
  return std::string(rest.substr(0, rest.find(' ')));
}

std::vector<std::string> JudgeCommand(const CommandResult& result, const elf::File& faults_image) {
  if (result.command.contains("/faults.elf")) {
    return faults::CheckFault(CommandLineIn(result.command), result.output, result.status,
                              faults_image);
  }
  std::vector<std::string> complaints;
  if (result.status != 0) complaints.push_back(std::format("status {}, wanted 0", result.status));
  if (result.command.contains("/hello.elf") && result.output != kHelloLine) {
    complaints.push_back(std::format("it printed \"{}\"", result.output));
  }
  if (result.command == "/vmm check" && !result.output.contains("backend: SVM (kvm_amd)\n")) {
    complaints.push_back("it does not name the backend SVM");
  }
  return complaints;
}

// The commands that the file asks for; each must have run, in this order.
std::vector<std::string> Wanted(std::string_view file) {
  std::vector<std::string> wanted;
  for (const std::string_view line : harness::Lines(file)) {
    if (!line.empty() && !line.starts_with('#')) wanted.emplace_back(line);
  }
  return wanted;
}

int Report(const ConsoleResult& console, const std::vector<std::string>& wanted,
           const elf::File& faults_image) {
  int bad = console.complete ? 0 : 1;
  for (const std::string& failure : console.failures) {
    std::printf("BAD: init: %s\n", failure.c_str());
    ++bad;
  }
  for (const std::string& command : wanted) {
    const auto result = std::ranges::find(console.commands, command, &CommandResult::command);
    std::vector<std::string> complaints = {"it never ran"};
    if (result != console.commands.end()) complaints = JudgeCommand(*result, faults_image);
    std::printf("%s %s\n", complaints.empty() ? "passed" : "FAILED", command.c_str());
    for (const std::string& complaint : complaints) std::printf("BAD: %s\n", complaint.c_str());
    if (!complaints.empty()) ++bad;
  }
  for (const std::string_view fault : faults::MainFaults()) {
    const auto names = [&](const std::string& c) { return CommandLineIn(c) == fault; };
    if (std::ranges::any_of(wanted, names)) continue;
    std::printf("BAD: the list of commands lacks the fault %s\n", std::string(fault).c_str());
    ++bad;
  }
  return bad;
}

int Fail(const std::string& why) {
  std::fprintf(stderr, "nested: %s\n", why.c_str());
  return kCannotTell;
}

int Main(std::span<char* const> words) {
  const auto flags =
      harness::Flags::Parse(words, {"qemu", "kernel", "initramfs", "commands", "faults-image"});
  if (!flags) return Fail(flags.error());
  const auto commands = harness::ReadFile(flags->Get("commands"));
  if (!commands) return Fail(commands.error());
  const auto bytes = harness::ReadFile(flags->Get("faults-image"));
  if (!bytes) return Fail(bytes.error());
  const auto image = elf::Read(*bytes);
  if (!image) return Fail(image.error());
  const auto outcome =
      monitors::RunProcess({.arguments = QemuLine(*flags),
                            .environment = monitors::QemuEnvironment({.qemu = flags->Get("qemu")}),
                            .timeout_ns = kTimeoutNs});
  if (!outcome) return Fail(outcome.error());
  const int bad = Report(ReadConsole(outcome->output), Wanted(*commands), *image);
  std::printf("the nested machine ran for %.1f s\n",
              static_cast<double>(outcome->duration_ns()) / 1e9);
  if (bad == 0) return 0;
  std::printf("---- its console:\n%s%s\n", outcome->output.c_str(), outcome->errors.c_str());
  return 1;
}

}  // namespace
}  // namespace nested

int main(int argc, char** argv) {
  return nested::Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
