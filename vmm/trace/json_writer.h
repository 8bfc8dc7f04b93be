// JsonWriter: JSON text, commas and quotes put where they belong.
//
// Source: RFC 8259.
#ifndef VMM_TRACE_JSON_WRITER_H_
#define VMM_TRACE_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace vmm {

/// Calls must nest as the text does. An empty name is for elements of arrays and the outermost
/// value.
class JsonWriter {
 public:
  void BeginObject(std::string_view name = {}) { Begin(name, '{'); }
  void EndObject() { End('}'); }
  void BeginArray(std::string_view name = {}) { Begin(name, '['); }
  void EndArray() { End(']'); }
  void String(std::string_view name, std::string_view value);
  void Number(std::string_view name, std::int64_t value);
  /// Nanoseconds as microseconds with three places, as trace viewers want them.
  void Microseconds(std::string_view name, std::int64_t nanoseconds);

  const std::string& text() const { return text_; }

 private:
  void Name(std::string_view name);
  void Quoted(std::string_view text);
  void Begin(std::string_view name, char open);
  void End(char close);

  std::string text_;
  bool first_ = true;  // Nothing stands yet in the innermost object or array.
};

}  // namespace vmm

#endif  // VMM_TRACE_JSON_WRITER_H_
