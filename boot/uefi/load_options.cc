#include "boot/uefi/load_options.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>

#include "kernel/base/result.h"

namespace boot::uefi {
namespace {

using kernel::Error;
using kernel::Result;

/// The options as a string of 16-bit units, which need not be aligned.
class Units {
 public:
  explicit Units(std::span<const std::byte> bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.size() < sizeof(char16_t) || front() == u'\0'; }
  char16_t front() const {
    char16_t unit;
    std::memcpy(&unit, bytes_.data(), sizeof(unit));
    return unit;
  }
  void RemoveFront() { bytes_ = bytes_.subspan(sizeof(char16_t)); }

 private:
  std::span<const std::byte> bytes_;
};

bool IsSpace(char16_t unit) { return unit == u' ' || unit == u'\t'; }

/// UCS-2 has no surrogates; text on one line has no control characters.
bool IsText(Units units) {
  for (; !units.empty(); units.RemoveFront()) {
    const char16_t unit = units.front();
    const bool control = (unit < 0x20 && unit != u'\t') || (unit >= 0x7f && unit < 0xa0);
    if (control || (unit >= 0xd800 && unit < 0xe000) || unit >= 0xfffe) return false;
  }
  return true;
}

void SkipSpaces(Units& units) {
  while (!units.empty() && IsSpace(units.front())) units.RemoveFront();
}

void SkipWord(Units& units) {
  bool quoted = false;
  for (; !units.empty() && (quoted || !IsSpace(units.front())); units.RemoveFront()) {
    if (units.front() == u'"') quoted = !quoted;
  }
}

/// Source: RFC 3629, section 3. Returns how many bytes were written; 0: no room.
std::size_t PutUtf8(char16_t unit, std::span<char> out) {
  const std::size_t size = unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  if (out.size() < size) return 0;
  if (size == 1) {
    out[0] = static_cast<char>(unit);
    return 1;
  }
  for (std::size_t i = size - 1; i > 0; --i) {
    out[i] = static_cast<char>(0x80 | (unit & 0x3f));
    unit = static_cast<char16_t>(unit >> 6);
  }
  out[0] = static_cast<char>((size == 2 ? 0xc0 : 0xe0) | unit);
  return size;
}

}  // namespace

Result<std::size_t> TextOfOptions(std::span<const std::byte> options, bool named,
                                  std::span<char> line) {
  Units units(options);
  if (options.size() % sizeof(char16_t) != 0 || !IsText(units)) {
    return std::unexpected(Error::kNotFound);
  }
  SkipSpaces(units);
  if (named) SkipWord(units);
  SkipSpaces(units);
  std::size_t length = 0;
  for (; !units.empty(); units.RemoveFront()) {
    const std::size_t size = PutUtf8(units.front(), line.subspan(length));
    if (size == 0) return std::unexpected(Error::kNoSpace);
    length += size;
  }
  if (length == 0) return std::unexpected(Error::kNotFound);
  return length;
}

}  // namespace boot::uefi
