// Whatever an image prints, reading its marks and judging it ends, and marks that are taken ascend.
#include <cstddef>
#include <cstdint>

#include "tests/harness/boot.h"
#include "tests/harness/marks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)harness::Judge({.lines = {"a", "b"}}, text, {});
  const auto clock = harness::ClockFromConsole(text);
  if (!clock) return 0;
  for (std::size_t i = 1; i < abi::kBootMarkCount; ++i) {
    if (clock->tsc[i] < clock->tsc[i - 1]) __builtin_trap();
  }
  return 0;
}
