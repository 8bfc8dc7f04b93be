// Console: where the image's text goes, and the ports by which it comes.
//
// Source: kernel/abi/ports.h.
#ifndef VMM_DEVICES_CONSOLE_H_
#define VMM_DEVICES_CONSOLE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "vmm/base/result.h"
#include "vmm/base/unique_fd.h"
#include "vmm/crash/crash_line.h"
#include "vmm/devices/device.h"
#include "vmm/memory/guest_memory.h"

namespace vmm {

/// The output. Single bytes are kept until a line is complete; a text goes out at once.
class Console {
 public:
  /// Writes to `fd`, which stays open as long as this object; a negative one swallows everything.
  explicit Console(int fd) : fd_(fd) {}
  /// Writes to a file of its own.
  explicit Console(UniqueFd file) : file_(std::move(file)), fd_(file_.get()) {}

  Result<void> Put(char byte);
  Result<void> PutText(std::string_view text);
  /// Sends what is kept. Before anything that may take long, and at the end.
  Result<void> Flush();

  /// The crash report's line if the image has printed one, else empty.
  std::string_view crash_line() const { return crash_.line(); }

 private:
  Result<void> Send(std::string_view text);

  UniqueFd file_;
  int fd_;
  std::string kept_;
  CrashLineCatcher crash_;
};

/// ABI_DEBUG_CONSOLE_PORT, as QEMU's isa-debugcon.
class DebugConsole final : public Device {
 public:
  explicit DebugConsole(Console& console) : console_(console) {}

  std::string_view name() const override { return "debug-console"; }
  Result<void> Read(std::uint64_t offset, std::span<std::byte> bytes) override;
  Result<void> Write(std::uint64_t offset, std::span<const std::byte> bytes) override;

 private:
  Console& console_;
};

/// ABI_CONSOLE_TEXT_PORT: a whole text in one exit.
class ConsoleTextPort final : public Device {
 public:
  ConsoleTextPort(Console& console, const GuestMemory& memory)
      : console_(console), memory_(memory) {}

  std::string_view name() const override { return "console-text"; }
  Result<void> Read(std::uint64_t offset, std::span<std::byte> bytes) override;
  Result<void> Write(std::uint64_t offset, std::span<const std::byte> bytes) override;

 private:
  Console& console_;
  const GuestMemory& memory_;
};

}  // namespace vmm

#endif  // VMM_DEVICES_CONSOLE_H_
