// `<appliance>.run` and `<appliance>.run_qemu`: boots one appliance and ends with its exit status.
//
// With usable KVM `.run` becomes our monitor; without, it says why and boots the same image in the
// pinned QEMU by emulation. `.run_qemu` always takes QEMU, over KVM if that can be used.

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <format>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "images/launcher/options.h"
#include "images/monitors/machine.h"
#include "images/monitors/outcome.h"
#include "images/monitors/process.h"
#include "vmm/base/file.h"
#include "vmm/crash/backtrace.h"

namespace launcher {
namespace {

using monitors::Accelerator;
using monitors::Monitor;
using monitors::Result;

void Say(std::string_view line) {
  const std::string text = std::format("torito: {}\n", line);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int Refuse(std::string_view line) {
  Say(line);
  return monitors::kBadConfiguration;
}

// Does not return if all goes well: there is no process between the user and our monitor.
int BecomeVmm(const Options& options) {
  const Result<std::vector<std::string>> line = CommandLine(options.machine, options.tools);
  if (!line) return Refuse(line.error());
  std::vector<char*> pointers;
  for (const std::string& word : *line) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  execv(pointers[0], pointers.data());
  Say(std::format("cannot start {}: {}", pointers[0], std::strerror(errno)));
  return monitors::kHostFault;
}

// Passes the child's text on at once; false when QEMU has stopped for good without ending.
bool PassOn(monitors::Stream stream, std::string_view text) {
  std::FILE* const to = stream == monitors::Stream::kOutput ? stdout : stderr;
  std::fwrite(text.data(), 1, text.size(), to);
  std::fflush(to);
  return stream == monitors::Stream::kOutput || !monitors::SaysStopped(text);
}

// Under QEMU nobody else puts names to a crash's addresses.
void ShowBacktrace(std::string_view console, const std::string& image) {
  const auto file = vmm::MappedFile::Open(image);
  if (!file) return;
  const std::string text = vmm::ReadableBacktrace(console, file->bytes());
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int RunQemu(const Options& options) {
  const Result<std::vector<std::string>> line = CommandLine(options.machine, options.tools);
  if (!line) return Refuse(line.error());
  const auto outcome = monitors::RunProcess({
      .arguments = *line,
      .environment = Environment(options.machine, options.tools),
      .live = true,
      .on_text = PassOn,
      .foreground = true,
  });
  if (!outcome) {
    Say(outcome.error());
    return monitors::kHostFault;
  }
  const monitors::Verdict verdict = Judge(options.machine, *outcome);
  if (verdict.status == monitors::kGuestFault)
    ShowBacktrace(outcome->output, options.machine.image);
  if (!verdict.reason.empty()) Say(verdict.reason);
  return verdict.status;
}

int Launch(Options options) {
  const Result<void> kvm = monitors::KvmUsable(options.kvm_device);
  if (kvm && !options.prefer_qemu) return BecomeVmm(options);

  std::erase_if(options.machine.vmm_flags, [](const auto& f) { return f.starts_with("--kvm="); });
  if (!options.machine.vmm_flags.empty()) {
    return Refuse(std::format("{} is a flag of our monitor; {}", options.machine.vmm_flags.front(),
                              kvm ? "QEMU has no such thing: use .run"
                                  : "it needs KVM, and there is none: " + kvm.error()));
  }
  if (!kvm) {
    Say(std::format("KVM cannot be used ({}); booting by emulation in QEMU (TCG) instead",
                    kvm.error()));
  }
  options.machine.monitor = Monitor::kQemuMicrovm;
  options.machine.accelerator = kvm ? Accelerator::kKvm : Accelerator::kTcg;
  return RunQemu(options);
}

}  // namespace
}  // namespace launcher

int main(int argc, char** argv) {
  const std::span<char* const> arguments(argv + 1, static_cast<std::size_t>(argc) - 1);
  const monitors::Result<launcher::Options> options = launcher::ParseOptions(arguments);
  if (!options) return launcher::Refuse(options.error());
  return launcher::Launch(*options);
}
