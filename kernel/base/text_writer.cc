#include "kernel/base/text_writer.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernel {

void TextWriter::Put(char character) {
  if (size_ == buffer_.size()) {
    truncated_ = true;
    return;
  }
  buffer_[size_++] = character;
}

void TextWriter::Digits(std::uint64_t value, unsigned base, unsigned width) {
  char digits[20];  // 2^64 has 20 decimal digits.
  unsigned count = 0;
  do {
    digits[count++] = "0123456789abcdef"[value % base];
    value /= base;
  } while (value != 0);
  for (unsigned i = count; i < width; ++i) Put('0');
  while (count != 0) Put(digits[--count]);
}

TextWriter& TextWriter::Text(std::string_view text) {
  for (const char character : text) Put(character);
  return *this;
}

TextWriter& TextWriter::Decimal(std::uint64_t value) {
  Digits(value, 10, 1);
  return *this;
}

TextWriter& TextWriter::SignedDecimal(std::int64_t value) {
  if (value >= 0) return Decimal(static_cast<std::uint64_t>(value));
  Put('-');
  return Decimal(0 - static_cast<std::uint64_t>(value));
}

TextWriter& TextWriter::Hex(std::uint64_t value) {
  Text("0x");
  Digits(value, 16, 1);
  return *this;
}

TextWriter& TextWriter::PaddedHex(std::uint64_t value) {
  Text("0x");
  Digits(value, 16, 16);
  return *this;
}

TextWriter& TextWriter::JsonText(std::string_view text) {
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 || byte >= 0x7f) {
      // Bytes beyond ASCII are written as Latin-1, so that the line is valid JSON whatever they
      // were.
      Text("\\u00");
      Digits(byte, 16, 2);
    } else {
      if (character == '"' || character == '\\') Put('\\');
      Put(character);
    }
  }
  return *this;
}

void TextWriter::Clear() {
  size_ = 0;
  truncated_ = false;
}

}  // namespace kernel
