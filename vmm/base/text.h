// Cat: text from parts. std::format would bring 200 KB of tables for numbers that we never print.
#ifndef VMM_BASE_TEXT_H_
#define VMM_BASE_TEXT_H_

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace vmm {

/// A number that Cat writes as 0x and lower-case digits without leading zeros.
struct Hex {
  std::uint64_t value;
};

namespace text_parts {

inline void Append(std::string& to, std::string_view part) { to += part; }
inline void Append(std::string& to, char part) { to += part; }

template <std::integral T>
  requires(!std::same_as<T, char> && !std::same_as<T, bool>)
void Append(std::string& to, T part) {
  char digits[24];
  to.append(digits, std::to_chars(digits, digits + sizeof(digits), part).ptr);
}

inline void Append(std::string& to, Hex part) {
  char digits[24] = "0x";
  to.append(digits, std::to_chars(digits + 2, digits + sizeof(digits), part.value, 16).ptr);
}

}  // namespace text_parts

/// Appends texts, characters, integers (decimal) and Hex numbers to `to`.
template <typename... Parts>
void CatTo(std::string& to, const Parts&... parts) {
  (text_parts::Append(to, parts), ...);
}

template <typename... Parts>
[[nodiscard]] std::string Cat(const Parts&... parts) {
  std::string text;
  CatTo(text, parts...);
  return text;
}

}  // namespace vmm

#endif  // VMM_BASE_TEXT_H_
