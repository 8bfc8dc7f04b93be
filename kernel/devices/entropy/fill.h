// From a source of words to any count of bytes.
#ifndef KERNEL_DEVICES_ENTROPY_FILL_H_
#define KERNEL_DEVICES_ENTROPY_FILL_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <optional>
#include <span>

#include "kernel/base/result.h"

namespace kernel::devices {

/// Fills `bytes` with words that `next` gives. kDevice: it gave none.
template <typename Next>
[[nodiscard]] Result<void> FillByWords(std::span<std::byte> bytes, Next next) {
  while (!bytes.empty()) {
    const std::optional<std::uint64_t> word = next();
    if (!word) return std::unexpected(Error::kDevice);
    const std::size_t count = std::min(bytes.size(), sizeof(*word));
    std::memcpy(bytes.data(), &*word, count);
    bytes = bytes.subspan(count);
  }
  return {};
}

}  // namespace kernel::devices

#endif  // KERNEL_DEVICES_ENTROPY_FILL_H_
