// A mistake for the fuzzer: reads behind the input that begins with one magic number. Found only by
// following coverage: one in 16 million random inputs has it.
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  volatile uint8_t sink = 0;
  if (size == 3 && data[0] == 'B' && data[1] == 'U' && data[2] == 'G') sink = data[size];
  return sink == 0 ? 0 : -1;
}
