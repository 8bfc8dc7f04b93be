// The first and only process of the nested machine: loads KVM, runs each line of /commands, says
// how each ended in lines that tests/nested/console.h reads, and switches the machine off.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "images/monitors/process.h"
#include "tests/harness/boot.h"
#include "tests/nested/console.h"

namespace nested {
namespace {

constexpr std::int64_t kTimeoutNs = 30'000'000'000;

bool Fails(const char* what, long result) {
  if (result != 0) std::printf("%s%s: %s\n", kInitFailed, what, std::strerror(errno));
  return result != 0;
}

void LoadModule(const char* path) {
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (Fails(path, fd < 0 ? -1 : 0)) return;
  Fails(path, syscall(SYS_finit_module, fd, "", 0));
  close(fd);
}

std::vector<std::string> Words(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty()) {
    const std::size_t end = line.find(' ');
    if (end != 0) words.emplace_back(line.substr(0, end));
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return words;
}

void Run(std::string_view command) {
  std::printf("%s%.*s\n", kCommandBegins, static_cast<int>(command.size()), command.data());
  const auto outcome =
      monitors::RunProcess({.arguments = Words(command), .timeout_ns = kTimeoutNs});
  if (!outcome) {
    std::printf("%s%s\n%s\n", kInitFailed, outcome.error().c_str(), kCommandNeverRan);
    return;
  }
  std::fwrite(outcome->output.data(), 1, outcome->output.size(), stdout);
  std::printf("\n%s\n", kErrorsBegin);
  std::fwrite(outcome->errors.data(), 1, outcome->errors.size(), stdout);
  std::printf("\n%s%d\n", kCommandEnded,
              outcome->signal != 0 ? 128 + outcome->signal : outcome->exit_status);
}

void RunAll() {
  Fails("/dev", mount("dev", "/dev", "devtmpfs", 0, ""));
  Fails("/proc", mount("proc", "/proc", "proc", 0, ""));
  Fails("/sys", mount("sys", "/sys", "sysfs", 0, ""));
  for (const char* module : {"/irqbypass.ko", "/kvm.ko", "/kvm-amd.ko"}) LoadModule(module);
  const auto commands = harness::ReadFile("/commands");
  if (!commands) return (void)std::printf("%s%s\n", kInitFailed, commands.error().c_str());
  for (const std::string_view line : harness::Lines(*commands)) {
    if (!line.empty() && !line.starts_with('#')) Run(line);
  }
}

}  // namespace
}  // namespace nested

int main() {
  nested::RunAll();
  std::printf("%s\n", nested::kAllRan);
  std::fflush(stdout);
  reboot(RB_POWER_OFF);
  return 1;
}
