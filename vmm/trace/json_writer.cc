#include "vmm/trace/json_writer.h"

#include <cstdlib>

#include "vmm/base/text.h"

namespace vmm {

void JsonWriter::Quoted(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  text_ += '"';
  for (const char character : text) {
    const auto code = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      text_ += '\\';
      text_ += character;
    } else if (code < 0x20) {
      CatTo(text_, "\\u00", kDigits[code >> 4], kDigits[code & 0xf]);
    } else {
      text_ += character;
    }
  }
  text_ += '"';
}

void JsonWriter::Name(std::string_view name) {
  if (!first_) text_ += ',';
  first_ = false;
  if (name.empty()) return;
  Quoted(name);
  text_ += ':';
}

void JsonWriter::Begin(std::string_view name, char open) {
  Name(name);
  text_ += open;
  first_ = true;
}

void JsonWriter::End(char close) {
  text_ += close;
  first_ = false;
}

void JsonWriter::String(std::string_view name, std::string_view value) {
  Name(name);
  Quoted(value);
}

void JsonWriter::Number(std::string_view name, std::int64_t value) {
  Name(name);
  CatTo(text_, value);
}

void JsonWriter::Microseconds(std::string_view name, std::int64_t nanoseconds) {
  Name(name);
  if (nanoseconds < 0) text_ += '-';
  const std::int64_t magnitude = std::abs(nanoseconds);
  std::string fraction = Cat(magnitude % 1000);
  fraction.insert(0, 3 - fraction.size(), '0');
  CatTo(text_, magnitude / 1000, ".", fraction);
}

}  // namespace vmm
