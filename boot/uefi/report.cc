#include "boot/uefi/report.h"

#include <array>
#include <cstdint>
#include <string_view>

#include "boot/uefi/failure.h"
#include "boot/uefi/firmware.h"
#include "boot/uefi/port_io.h"
#include "kernel/abi/ports.h"

namespace boot::uefi {
namespace {

// Source: National Semiconductor PC16550D data sheet, section 8 (line status register).
constexpr std::uint16_t kLineStatus = ABI_SERIAL_PORT + 5;
constexpr std::uint8_t kTransmitEmpty = 0x20;

// A byte leaves in 0.1 ms at 115200 baud; a port read takes no less than 10 ns.
constexpr int kPatience = 1'000'000;

// As the firmware, or nobody, has set the port up: good enough for a line that is better than none.
void WriteToSerial(std::string_view text) {
  for (const char character : text) {
    int tries = 0;
    while ((ReadPort(kLineStatus) & kTransmitEmpty) == 0 && tries < kPatience) ++tries;
    WritePort(ABI_SERIAL_PORT, static_cast<std::uint8_t>(character));
  }
}

void WriteToConsole(std::string_view text, TextOutput& console) {
  std::array<char16_t, 2> unit = {};
  for (const char character : text) {
    unit[0] = static_cast<unsigned char>(character);
    static_cast<void>(console.output_string(&console, unit.data()));
  }
}

}  // namespace

void Report(const Failure& failure, const SystemTable& system) {
  std::array<char, kMaxFailureLine> buffer;
  const std::string_view line = LineOf(failure, buffer);
  for (const std::string_view text : {line, std::string_view("\r\n")}) {
    if (failure.firmware_gone || system.console_out == nullptr) {
      WriteToSerial(text);
    } else {
      WriteToConsole(text, *system.console_out);
    }
  }
}

}  // namespace boot::uefi
