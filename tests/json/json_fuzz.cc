// Whatever the bytes are, the reader ends with a value or an error that names a place.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "tests/json/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = json::Parse(text);
  if (!value && !value.error().starts_with("byte ")) std::abort();
  if (value && value->is(json::Value::Kind::kString) &&
      json::Parse(json::Quote(value->string())).value_or(json::Value()).string() !=
          value->string()) {
    std::abort();
  }
  return 0;
}
