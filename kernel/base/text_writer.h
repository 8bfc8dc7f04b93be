// TextWriter: text and numbers into a buffer of fixed size, without the C library's formatting.
//
// For the crash path and for short messages; nothing here allocates or fails.
#ifndef KERNEL_BASE_TEXT_WRITER_H_
#define KERNEL_BASE_TEXT_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace kernel {

/// Appends to a buffer that outlives it. What does not fit is left out, and truncated() says so.
class TextWriter {
 public:
  explicit constexpr TextWriter(std::span<char> buffer) : buffer_(buffer) {}

  TextWriter& Text(std::string_view text);
  /// Decimal, without leading zeros.
  TextWriter& Decimal(std::uint64_t value);
  TextWriter& SignedDecimal(std::int64_t value);
  /// "0x" and lower-case digits, without leading zeros.
  TextWriter& Hex(std::uint64_t value);
  /// "0x" and 16 lower-case digits.
  TextWriter& PaddedHex(std::uint64_t value);
  /// As the inside of a JSON string: quotes, backslashes and control characters escaped.
  TextWriter& JsonText(std::string_view text);

  /// What was written so far; valid while the buffer is.
  std::string_view view() const { return {buffer_.data(), size_}; }
  bool truncated() const { return truncated_; }
  void Clear();

 private:
  void Put(char character);
  void Digits(std::uint64_t value, unsigned base, unsigned width);

  std::span<char> buffer_;
  std::size_t size_ = 0;
  bool truncated_ = false;
};

}  // namespace kernel

#endif  // KERNEL_BASE_TEXT_WRITER_H_
