// Proves that fuzz_test compiles, links and runs a target; a target that is broken is tried in
// reports_test.
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::span<const uint8_t> bytes(data, size);
  unsigned sum = std::accumulate(bytes.begin(), bytes.end(), 0u);
  if (sum > 255 * size) __builtin_trap();
  return 0;
}
