// A strict reader of JSON, for what monitors and images write: statistics, traces, crash lines.
//
// Source: RFC 8259. Stricter than it asks for: a member's name may stand only once in an object,
// and nesting is limited to kMaxDepth. Members keep their order, for tests that judge it.
#ifndef TESTS_JSON_JSON_H_
#define TESTS_JSON_JSON_H_

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json {

inline constexpr int kMaxDepth = 64;

/// A parsed value. Asking a value for what it is not gives the empty thing of that kind.
class Value {
 public:
  enum class Kind : std::uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };
  using Member = std::pair<std::string, Value>;

  Value() = default;
  static Value Bool(bool value);
  static Value Number(double value);
  static Value String(std::string value);
  static Value Array(std::vector<Value> items);
  static Value Object(std::vector<Member> members);

  Kind kind() const { return kind_; }
  bool is(Kind kind) const { return kind_ == kind; }
  bool boolean() const { return kind_ == Kind::kBool && number_ != 0; }
  double number() const { return number_; }
  std::int64_t integer() const { return static_cast<std::int64_t>(number_); }
  const std::string& string() const { return string_; }
  const std::vector<Value>& items() const { return items_; }
  const std::vector<Member>& members() const { return members_; }

  /// The member of that name; a null value if this is no object or has none. Lives as long as this.
  const Value& operator[](std::string_view name) const;
  bool Has(std::string_view name) const;

 private:
  Kind kind_ = Kind::kNull;
  double number_ = 0;
  std::string string_;
  std::vector<Value> items_;
  std::vector<Member> members_;
};

/// Parses the whole text. The error says what was wrong and at which byte.
[[nodiscard]] std::expected<Value, std::string> Parse(std::string_view text);

/// The text as a JSON string, quotes included.
std::string Quote(std::string_view text);

}  // namespace json

#endif  // TESTS_JSON_JSON_H_
