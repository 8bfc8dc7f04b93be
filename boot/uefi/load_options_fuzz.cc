// Any bytes as load options: what becomes of them is text that ends.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "boot/uefi/load_options.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  std::array<char, 255> line;
  const std::span<char> room = std::span(line).first(data[0]);
  const auto length = boot::uefi::TextOfOptions(std::as_bytes(std::span(data, size)).subspan(2),
                                                data[1] % 2 != 0, room);
  if (!length) return 0;
  if (*length == 0 || *length > room.size()) std::abort();
  if (std::ranges::any_of(room.first(*length),
                          [](char c) { return c >= 0 && c < ' ' && c != '\t'; })) {
    std::abort();
  }
  return 0;
}
