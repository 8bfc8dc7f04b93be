#include "vmm/crash/json_reader.h"

#include <charconv>

namespace vmm {
namespace {

// All of `text` as a number.
std::optional<std::uint64_t> WholeNumber(std::string_view text, int base) {
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

void JsonReader::SkipSpace() {
  const std::size_t start = rest_.find_first_not_of(" \t\r\n");
  rest_.remove_prefix(start == rest_.npos ? rest_.size() : start);
}

bool JsonReader::AtEnd() {
  SkipSpace();
  return rest_.empty();
}

bool JsonReader::Take(char wanted) {
  SkipSpace();
  if (!rest_.starts_with(wanted)) return false;
  rest_.remove_prefix(1);
  return true;
}

bool JsonReader::TakeWord(std::string_view word) {
  SkipSpace();
  if (!rest_.starts_with(word)) return false;
  rest_.remove_prefix(word.size());
  return true;
}

// After the backslash. What is not ASCII becomes a question mark: our images write ASCII only.
bool JsonReader::Escape(std::string& to) {
  if (rest_.empty()) return false;
  const char kind = rest_.front();
  rest_.remove_prefix(1);
  constexpr std::string_view kKinds = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (const std::size_t at = kKinds.find(kind); at != kKinds.npos) {
    to += kMeanings[at];
    return true;
  }
  if (kind != 'u' || rest_.size() < 4) return false;
  const auto code = WholeNumber(rest_.substr(0, 4), 16);
  if (!code) return false;
  rest_.remove_prefix(4);
  to += *code < 0x80 ? static_cast<char>(*code) : '?';
  return true;
}

std::optional<std::string> JsonReader::String() {
  if (!Take('"')) return std::nullopt;
  std::string text;
  while (!rest_.empty()) {
    const char next = rest_.front();
    rest_.remove_prefix(1);
    if (next == '"') return text;
    if (static_cast<unsigned char>(next) < 0x20) return std::nullopt;
    if (next != '\\') {
      text += next;
    } else if (!Escape(text)) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<std::uint64_t> JsonReader::Number() {
  SkipSpace();
  const std::size_t size = rest_.find_first_not_of("0123456789");
  const auto value = WholeNumber(rest_.substr(0, size), 10);
  if (value) rest_.remove_prefix(size == rest_.npos ? rest_.size() : size);
  return value;
}

std::optional<std::uint64_t> JsonReader::HexString() {
  const std::optional<std::string> text = String();
  if (!text || !text->starts_with("0x")) return std::nullopt;
  return WholeNumber(std::string_view(*text).substr(2), 16);
}

bool JsonReader::SkipTo(int depth) {
  if (depth == 0) return false;
  SkipSpace();
  if (rest_.starts_with('"')) return String().has_value();
  if (rest_.starts_with('{')) {
    return Object([&](const std::string&) { return SkipTo(depth - 1); });
  }
  if (rest_.starts_with('[')) return Array([&] { return SkipTo(depth - 1); });
  return TakeWord("true") || TakeWord("false") || TakeWord("null") || Number().has_value();
}

}  // namespace vmm
