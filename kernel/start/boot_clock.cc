#include "kernel/start/boot_clock.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernel/abi/boot_mark.h"
#include "kernel/base/text_writer.h"
#include "kernel/debug/debug.h"

extern "C" {
[[gnu::section(".bss.hot")]] constinit abi::BootClock boot_clock{};
}

namespace kernel::start {

void PrintBootClock() {
  constexpr std::size_t kLongestNumber = 21;  // With the space before it.
  std::array<char, abi::kBootMarksPrefix.size() + abi::kBootMarkCount * kLongestNumber + 1> buffer;
  TextWriter line(buffer);
  line.Text(abi::kBootMarksPrefix);
  const char* separator = "";
  for (const std::uint64_t tsc : boot_clock.tsc) {
    line.Text(separator).Decimal(tsc);
    separator = " ";
  }
  debug::WriteLine(line.Text("\n").view());
}

}  // namespace kernel::start
