#include "vmm/crash/backtrace.h"

#include "vmm/base/text.h"
#include "vmm/crash/crash_line.h"

namespace vmm {

std::string FormatBacktrace(std::span<const std::uint64_t> addresses, const Symbols& symbols) {
  std::string text;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const std::uint64_t address = addresses[i];
    CatTo(text, "  #", i, " ");
    // A call that never returns may be a function's last instruction: its return address is the
    // next function's.
    const bool is_return = i != 0 && address != 0;
    const bool is_beyond =
        is_return && symbols.FunctionAt(address) != symbols.FunctionAt(address - 1);
    CatTo(text,
          is_beyond ? Cat(symbols.Describe(address - 1), " (call)") : symbols.Describe(address),
          "\n");
  }
  return text;
}

std::string ReadableBacktrace(std::string_view console, std::span<const std::byte> image) {
  const std::string_view line = FindCrashLine(console);
  if (line.empty()) return {};
  const Result<CrashReport> report = ParseCrashLine(line);
  if (!report) return report.error().what + "\n";
  return FormatBacktrace(report->backtrace, Symbols::OfElf(image));
}

}  // namespace vmm
