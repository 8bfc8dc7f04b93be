#include "kernel/devices/console/monitor_console.h"

#include <cstdint>
#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/ports.h"
#include "kernel/arch/x86_64/port_io.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/devices/console.h"

namespace kernel::devices::monitor_console {

[[gnu::hot]] void WriteText(std::string_view text) {
  while (!text.empty()) {
    const std::string_view part = text.substr(0, abi::ConsoleText::kMaxSize);
    const abi::ConsoleText request{.address = AddressOf(part.data()).value(), .size = part.size()};
    // The image lies below 4 GiB.
    arch::WritePort32(ABI_CONSOLE_TEXT_PORT,
                      static_cast<std::uint32_t>(AddressOf(&request).value()));
    text.remove_prefix(part.size());
  }
}

[[gnu::hot]] Result<void> Start(const abi::BootHandoff& handoff) {
  if (handoff.protocol == ABI_BOOT_MONITOR) OfferConsole(&WriteText);
  return {};
}

}  // namespace kernel::devices::monitor_console
