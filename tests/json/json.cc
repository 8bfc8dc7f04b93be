#include "tests/json/json.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <format>
#include <optional>

namespace json {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void AppendUtf8(std::uint32_t code, std::string& text) {
  const auto append = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    append(code);
  } else if (code < 0x800) {
    append(0xc0 | (code >> 6));
    append(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    append(0xe0 | (code >> 12));
    append(0x80 | ((code >> 6) & 0x3f));
    append(0x80 | (code & 0x3f));
  } else {
    append(0xf0 | (code >> 18));
    append(0x80 | ((code >> 12) & 0x3f));
    append(0x80 | ((code >> 6) & 0x3f));
    append(0x80 | (code & 0x3f));
  }
}

// Recursive descent. After the first error every step fails, and the error stays.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::expected<Value, std::string> Whole() {
    Value value = Any(0);
    SkipSpace();
    if (error_.empty() && next_ != text_.size()) Fail("text after the end of the value");
    if (!error_.empty()) return std::unexpected(error_);
    return value;
  }

 private:
  bool Fail(std::string_view what) {
    if (error_.empty()) error_ = std::format("byte {}: {}", next_, what);
    return false;
  }
  char Peek() const { return next_ < text_.size() ? text_[next_] : '\0'; }
  void SkipSpace() { next_ = std::min(text_.find_first_not_of(kSpace, next_), text_.size()); }

  bool Take(std::string_view word) {
    if (!text_.substr(next_).starts_with(word)) return false;
    next_ += word.size();
    return true;
  }

  Value Any(int depth) {
    SkipSpace();
    if (depth > kMaxDepth) return Fail("nested too deeply"), Value();
    switch (Peek()) {
      case '{':
        return Object(depth);
      case '[':
        return Array(depth);
      case '"':
        return Value::String(String());
      default:
        break;
    }
    if (Take("true")) return Value::Bool(true);
    if (Take("false")) return Value::Bool(false);
    if (Take("null")) return Value();
    return Number();
  }

  Value Object(int depth) {
    std::vector<Value::Member> members;
    Take("{");
    SkipSpace();
    if (Take("}")) return Value::Object({});
    while (error_.empty()) {
      SkipSpace();
      std::string name = String();
      if (std::ranges::any_of(members, [&](const auto& m) { return m.first == name; })) {
        Fail("a second member named " + Quote(name));
      }
      SkipSpace();
      if (error_.empty() && !Take(":")) Fail("':' expected");
      if (!error_.empty()) break;
      members.emplace_back(std::move(name), Any(depth + 1));
      if (!More('}')) break;
    }
    return Value::Object(std::move(members));
  }

  Value Array(int depth) {
    std::vector<Value> items;
    Take("[");
    SkipSpace();
    if (Take("]")) return Value::Array({});
    while (error_.empty()) {
      items.push_back(Any(depth + 1));
      if (!More(']')) break;
    }
    return Value::Array(std::move(items));
  }

  // After an element: true at a comma, false at the end or at an error.
  bool More(char end) {
    SkipSpace();
    if (!error_.empty() || Take(",")) return error_.empty();
    return Take(std::string_view(&end, 1)) ? false : Fail(std::format("',' or '{}' expected", end));
  }

  std::string String() {
    std::string text;
    if (!Take("\"")) return Fail("a string expected"), text;
    while (error_.empty()) {
      if (next_ == text_.size()) return Fail("the string does not end"), text;
      const char c = text_[next_];
      if (static_cast<unsigned char>(c) < 0x20)
        return Fail("a control character in a string"), text;
      ++next_;
      if (c == '"') break;
      if (c != '\\') {
        text += c;
      } else {
        Escape(text);
      }
    }
    return text;
  }

  void Escape(std::string& text) {
    static constexpr std::string_view kNames = "\"\\/bfnrt";
    static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char c = Peek();
    if (const auto index = kNames.find(c); c != '\0' && index != std::string_view::npos) {
      ++next_;
      text += kMeanings[index];
      return;
    }
    if (!Take("u")) return (void)Fail("an unknown escape");
    std::uint32_t code = FourHexDigits();
    if (code >= 0xdc00 && code < 0xe000) Fail("half a surrogate pair");
    if (code >= 0xd800 && code < 0xdc00) {
      const std::uint32_t low = Take("\\u") ? FourHexDigits() : 0;
      if (low < 0xdc00 || low >= 0xe000) Fail("half a surrogate pair");
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    if (error_.empty()) AppendUtf8(code, text);
  }

  std::uint32_t FourHexDigits() {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i, ++next_) {
      const char c = Peek();
      const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
      const auto digit = kDigits.find(lower);
      if (digit == std::string_view::npos) return Fail("four hexadecimal digits expected"), 0;
      value = value * 16 + static_cast<std::uint32_t>(digit);
    }
    return value;
  }

  bool Digits() {
    const std::size_t first = next_;
    while (IsDigit(Peek())) ++next_;
    return next_ > first;
  }

  Value Number() {
    const std::size_t first = next_;
    Take("-");
    const bool leading_zero = Peek() == '0';
    const std::size_t digits = next_;
    if (!Digits()) return Fail("a value expected"), Value();
    if (leading_zero && next_ - digits > 1) return Fail("a number with a leading zero"), Value();
    if (Take(".") && !Digits()) return Fail("digits expected after the point"), Value();
    if (Take("e") || Take("E")) {
      if (!Take("+")) Take("-");
      if (!Digits()) return Fail("digits expected in the exponent"), Value();
    }
    // strtod wants an end; the form was checked above.
    const std::string text(text_.substr(first, next_ - first));
    const double value = std::strtod(text.c_str(), nullptr);
    if (!std::isfinite(value)) return Fail("a number too large"), Value();
    return Value::Number(value);
  }

  std::string_view text_;
  std::size_t next_ = 0;
  std::string error_;
};

}  // namespace

Value Value::Bool(bool value) {
  Value result;
  result.kind_ = Kind::kBool;
  result.number_ = value ? 1 : 0;
  return result;
}

Value Value::Number(double value) {
  Value result;
  result.kind_ = Kind::kNumber;
  result.number_ = value;
  return result;
}

Value Value::String(std::string value) {
  Value result;
  result.kind_ = Kind::kString;
  result.string_ = std::move(value);
  return result;
}

Value Value::Array(std::vector<Value> items) {
  Value result;
  result.kind_ = Kind::kArray;
  result.items_ = std::move(items);
  return result;
}

Value Value::Object(std::vector<Member> members) {
  Value result;
  result.kind_ = Kind::kObject;
  result.members_ = std::move(members);
  return result;
}

const Value& Value::operator[](std::string_view name) const {
  static const Value kNothing;
  const auto found = std::ranges::find(members_, name, &Member::first);
  return found == members_.end() ? kNothing : found->second;
}

bool Value::Has(std::string_view name) const {
  return std::ranges::find(members_, name, &Member::first) != members_.end();
}

std::expected<Value, std::string> Parse(std::string_view text) { return Parser(text).Whole(); }

std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      quoted += std::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

}  // namespace json
