// Any command line: reading its devices ends, and stays within it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kernel/devices/virtio/command_line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The word itself would be found by luck only.
  std::string text(kernel::devices::virtio::kMmioWord);
  text.append(reinterpret_cast<const char*>(data), size);
  std::string_view line = text;
  while (!line.empty()) {
    const std::size_t before = line.size();
    const auto device = kernel::devices::virtio::TakeMmioDevice(line);
    if (line.size() >= before) std::abort();
    if (device && !*device && !line.empty()) std::abort();
  }
  return 0;
}
