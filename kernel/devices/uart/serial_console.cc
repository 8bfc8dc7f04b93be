#include "kernel/devices/uart/serial_console.h"

#include <cstdint>
#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/ports.h"
#include "kernel/arch/x86_64/port_io.h"
#include "kernel/base/result.h"
#include "kernel/devices/console.h"
#include "kernel/devices/uart/uart16550.h"

namespace kernel::devices::serial_console {
namespace {

using Uart = Uart16550<arch::PortIo>;

// A FIFO drains in 1.4 ms; a port read takes no less than 10 ns.
constexpr std::uint32_t kPatience = 1'000'000;

constexpr Uart FirstPort() { return Uart(arch::PortIo(ABI_SERIAL_PORT)); }

void WriteText(std::string_view text) {
  // What a stuck line does not take is lost: waiting for ever would be worse.
  static_cast<void>(FirstPort().Write(text, kPatience));
}

}  // namespace

[[gnu::hot]] Result<void> Start(const abi::BootHandoff&) {
  if (HasConsole() || !FirstPort().IsPresent()) return {};
  FirstPort().Init();
  OfferConsole(&WriteText);
  return {};
}

void WriteTextNow(std::string_view text) {
  if (!FirstPort().IsPresent()) return;
  FirstPort().Init();
  WriteText(text);
}

}  // namespace kernel::devices::serial_console
