// Console on the first serial port, for machines that have neither our monitor nor a debug console.
#ifndef KERNEL_DEVICES_UART_SERIAL_CONSOLE_H_
#define KERNEL_DEVICES_UART_SERIAL_CONSOLE_H_

#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::devices::serial_console {

/// Sets up the port and offers the console where the port exists; does not look if there is one
/// already.
Result<void> Start(const abi::BootHandoff& handoff);

/// Sets up the port, if it exists, and writes to it. For the crash report.
void WriteTextNow(std::string_view text);

}  // namespace kernel::devices::serial_console

#endif  // KERNEL_DEVICES_UART_SERIAL_CONSOLE_H_
