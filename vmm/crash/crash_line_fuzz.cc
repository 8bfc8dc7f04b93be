// A crashed image may print anything: in any pieces, it is read or refused.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "vmm/crash/crash_line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto report = vmm::ParseCrashLine(std::string("torito-crash ").append(text));
  if (report && report->kind != "fault" && report->kind != "check") __builtin_trap();
  vmm::CrashLineCatcher catcher;
  catcher.Look("torito-crash {");
  catcher.Look(text.substr(0, size / 3));
  catcher.Look(text.substr(size / 3));
  const std::string whole = std::string("torito-crash {").append(text);
  if (catcher.line() != vmm::FindCrashLine(whole)) __builtin_trap();
  return 0;
}
