#include "kernel/devices/console.h"

#include <string_view>

namespace kernel::devices {
namespace {

[[gnu::section(".bss.hot")]] constinit ConsoleWriter console_writer = nullptr;

}  // namespace

[[gnu::hot]] void Write(std::string_view text) {
  if (console_writer != nullptr) console_writer(text);
}

[[gnu::hot]] void OfferConsole(ConsoleWriter writer) {
  if (console_writer == nullptr) console_writer = writer;
}

[[gnu::hot]] bool HasConsole() { return console_writer != nullptr; }

}  // namespace kernel::devices
