// Console of QEMU's isa-debugcon and of others who copied Bochs's port 0xe9.
//
// Source: kernel/abi/ports.h, ABI_DEBUG_CONSOLE_PORT.
#ifndef KERNEL_DEVICES_CONSOLE_DEBUG_CONSOLE_H_
#define KERNEL_DEVICES_CONSOLE_DEBUG_CONSOLE_H_

#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::devices::debug_console {

/// Offers the console where the device answers; does not look if there is one already.
Result<void> Start(const abi::BootHandoff& handoff);

/// Whether the device answers.
bool IsPresent();

/// Writes to the port. Also for the crash report.
void WriteText(std::string_view text);

}  // namespace kernel::devices::debug_console

#endif  // KERNEL_DEVICES_CONSOLE_DEBUG_CONSOLE_H_
