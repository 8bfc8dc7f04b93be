#include "kernel/devices/console/debug_console.h"

#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/ports.h"
#include "kernel/arch/x86_64/port_io.h"
#include "kernel/base/result.h"
#include "kernel/devices/console.h"

namespace kernel::devices::debug_console {

bool IsPresent() { return arch::ReadPort8(ABI_DEBUG_CONSOLE_PORT) == ABI_DEBUG_CONSOLE_PRESENT; }

[[gnu::hot]] void WriteText(std::string_view text) {
  arch::WritePortText(ABI_DEBUG_CONSOLE_PORT, text);
}

[[gnu::hot]] Result<void> Start(const abi::BootHandoff&) {
  if (!HasConsole() && IsPresent()) OfferConsole(&WriteText);
  return {};
}

}  // namespace kernel::devices::debug_console
