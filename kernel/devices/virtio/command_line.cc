#include "kernel/devices/virtio/command_line.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <limits>
#include <optional>
#include <string_view>

#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::devices::virtio {
namespace {

/// The digit's value, or 16 if it is none.
constexpr std::uint64_t DigitValue(char character) {
  if (character >= '0' && character <= '9') return static_cast<std::uint64_t>(character - '0');
  const char lower = static_cast<char>(character | 0x20);
  if (lower >= 'a' && lower <= 'f') return static_cast<std::uint64_t>(lower - 'a') + 10;
  return 16;
}

/// Removes a number, decimal or with 0x, from `text`; nothing if it does not begin with one.
std::optional<std::uint64_t> TakeNumber(std::string_view& text) {
  std::uint64_t base = 10;
  if (text.starts_with("0x")) {
    base = 16;
    text.remove_prefix(2);
  }
  std::uint64_t value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && DigitValue(text[digits]) < base) {
    if (value > (std::numeric_limits<std::uint64_t>::max() >> 4) - base) return std::nullopt;
    value = value * base + DigitValue(text[digits++]);
  }
  text.remove_prefix(digits);
  return digits == 0 ? std::nullopt : std::optional(value);
}

bool TakeCharacter(std::string_view& text, char character) {
  if (!text.starts_with(character)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Bytes> TakeSize(std::string_view& text) {
  const std::optional<std::uint64_t> number = TakeNumber(text);
  if (!number) return std::nullopt;
  const unsigned shift = TakeCharacter(text, 'K') ? 10 : TakeCharacter(text, 'M') ? 20 : 0;
  if (*number > std::numeric_limits<std::uint64_t>::max() >> shift) return std::nullopt;
  return Bytes(*number << shift);
}

Result<MmioDevice> Parse(std::string_view text) {
  const std::optional<Bytes> size = TakeSize(text);
  const bool at = TakeCharacter(text, '@');
  const std::optional<std::uint64_t> address = TakeNumber(text);
  const bool colon = TakeCharacter(text, ':');
  const bool interrupt = TakeNumber(text).has_value();
  const bool number = !TakeCharacter(text, ':') || TakeNumber(text).has_value();
  if (!size || !at || !address || !colon || !interrupt || !number || !text.empty()) {
    return std::unexpected(Error::kMalformed);
  }
  return MmioDevice{PhysAddr(*address), *size};
}

}  // namespace

Result<std::optional<MmioDevice>> TakeMmioDevice(std::string_view& line) {
  while (!line.empty()) {
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    if (!word.starts_with(kMmioWord)) continue;
    const Result<MmioDevice> device = Parse(word.substr(kMmioWord.size()));
    if (!device) return std::unexpected(device.error());
    return *device;
  }
  return std::optional<MmioDevice>();
}

}  // namespace kernel::devices::virtio
