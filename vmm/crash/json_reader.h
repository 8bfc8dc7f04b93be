// A reader for the JSON of a crash line: objects, arrays, strings, whole numbers; one pass, no
// tree.
//
// Source: RFC 8259. The text comes from a guest that has just crashed: anything may stand in it.
#ifndef VMM_CRASH_JSON_READER_H_
#define VMM_CRASH_JSON_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vmm {

/// Every function skips white space and returns false, or nothing, where the text is not as asked;
/// after that the reader is of no more use.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : rest_(text) {}

  /// For each member of an object: `member(name)` must read its value and return whether it could.
  template <typename Member>
  bool Object(Member member) {
    return Sequence('{', '}', [&] {
      const std::optional<std::string> name = String();
      return name && Take(':') && member(*name);
    });
  }

  /// For each element of an array: `element()` must read it and return whether it could.
  template <typename Element>
  bool Array(Element element) {
    return Sequence('[', ']', element);
  }

  std::optional<std::string> String();
  std::optional<std::uint64_t> Number();
  /// A string that holds 0x and a hexadecimal number.
  std::optional<std::uint64_t> HexString();
  /// Any value, to a depth of kMaxDepth.
  bool Skip() { return SkipTo(kMaxDepth); }
  /// Whether nothing but white space is left.
  bool AtEnd();

 private:
  static constexpr int kMaxDepth = 16;

  template <typename Item>
  bool Sequence(char open, char close, Item item) {
    if (!Take(open)) return false;
    if (Take(close)) return true;
    do {
      if (!item()) return false;
    } while (Take(','));
    return Take(close);
  }

  void SkipSpace();
  bool Take(char wanted);
  bool TakeWord(std::string_view word);
  bool Escape(std::string& to);
  bool SkipTo(int depth);

  std::string_view rest_;
};

}  // namespace vmm

#endif  // VMM_CRASH_JSON_READER_H_
