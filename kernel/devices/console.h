// The console: text for whoever watches the machine.
#ifndef KERNEL_DEVICES_CONSOLE_H_
#define KERNEL_DEVICES_CONSOLE_H_

#include <string_view>

namespace kernel::devices {

/// Writes `text` as it is, under our monitor in one exit from the machine. Lost if there is no
/// console.
///
/// Returns when the text has been taken. Lines end with '\n'.
void Write(std::string_view text);

/// What a console driver does with text.
using ConsoleWriter = void (*)(std::string_view text);

/// For drivers: offers a console. The first that finds its device stays; drivers start in the order
/// of the image's BUILD file, so that is the one that the image prefers.
void OfferConsole(ConsoleWriter writer);

/// Whether a driver has found its device: the others need not look for theirs.
bool HasConsole();

}  // namespace kernel::devices

#endif  // KERNEL_DEVICES_CONSOLE_H_
