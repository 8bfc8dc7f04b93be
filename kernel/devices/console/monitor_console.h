// Console of our own monitor: any text in one exit.
//
// Source: kernel/abi/ports.h, ABI_CONSOLE_TEXT_PORT.
#ifndef KERNEL_DEVICES_CONSOLE_MONITOR_CONSOLE_H_
#define KERNEL_DEVICES_CONSOLE_MONITOR_CONSOLE_H_

#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::devices::monitor_console {

/// Offers the console where our monitor started the image; it always has one, so nothing is probed.
Result<void> Start(const abi::BootHandoff& handoff);

/// Writes through the port, whoever runs the image. Also for the crash report, which trusts no
/// driver's state.
void WriteText(std::string_view text);

}  // namespace kernel::devices::monitor_console

#endif  // KERNEL_DEVICES_CONSOLE_MONITOR_CONSOLE_H_
