#include "tests/nested/console.h"

#include <charconv>

#include "tests/harness/boot.h"

namespace nested {
namespace {

// Where `line` begins with `prefix`: sets `rest` to what follows.
bool Takes(std::string_view line, std::string_view prefix, std::string_view& rest) {
  if (!line.starts_with(prefix)) return false;
  rest = line.substr(prefix.size());
  return true;
}

}  // namespace

ConsoleResult ReadConsole(std::string_view text) {
  ConsoleResult result;
  std::string* stream = nullptr;  // Where a line that is none of init's belongs.
  for (const std::string_view line : harness::Lines(text)) {
    std::string_view rest;
    if (Takes(line, kCommandBegins, rest)) {
      result.commands.push_back({.command = std::string(rest)});
      stream = &result.commands.back().output;
    } else if (line == kErrorsBegin && !result.commands.empty()) {
      stream = &result.commands.back().errors;
    } else if (Takes(line, kCommandEnded, rest) && !result.commands.empty()) {
      std::from_chars(rest.data(), rest.data() + rest.size(), result.commands.back().status);
      stream = nullptr;
    } else if (Takes(line, kInitFailed, rest)) {
      result.failures.emplace_back(rest);
    } else if (line == kAllRan) {
      result.complete = true;
    } else if (stream != nullptr && !line.empty()) {
      stream->append(line);
      stream->push_back('\n');
    }
  }
  return result;
}

}  // namespace nested
