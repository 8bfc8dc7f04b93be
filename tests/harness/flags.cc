#include "tests/harness/flags.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace harness {

monitors::Result<Flags> Flags::Parse(std::span<char* const> words,
                                     std::span<const std::string_view> known) {
  Flags flags;
  for (const std::string_view word : words) {
    const std::size_t equals = word.find('=');
    if (!word.starts_with("--") || equals == std::string_view::npos ||
        std::ranges::find(known, word.substr(2, equals - 2)) == known.end()) {
      return std::unexpected(std::format("unknown argument \"{}\"", word));
    }
    flags.values_.emplace_back(word.substr(2, equals - 2), word.substr(equals + 1));
  }
  return flags;
}

std::string Flags::Get(std::string_view name, std::string_view fallback) const {
  const std::vector<std::string> all = All(name);
  return all.empty() ? std::string(fallback) : all.back();
}

std::vector<std::string> Flags::All(std::string_view name) const {
  std::vector<std::string> all;
  for (const auto& [its_name, value] : values_) {
    if (its_name == name) all.push_back(value);
  }
  return all;
}

monitors::Result<std::int64_t> Flags::Number(std::string_view name, std::int64_t fallback) const {
  const std::string text = Get(name);
  if (text.empty()) return fallback;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) {
    return std::unexpected(std::format("--{}={}: not a number", name, text));
  }
  return value;
}

}  // namespace harness
