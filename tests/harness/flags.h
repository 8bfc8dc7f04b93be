// The harness's own command line: "--name=value" words, each name known, some of them repeatable.
#ifndef TESTS_HARNESS_FLAGS_H_
#define TESTS_HARNESS_FLAGS_H_

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "images/monitors/process.h"

namespace harness {

class Flags {
 public:
  /// An error names the word that is no flag of `known`.
  [[nodiscard]] static monitors::Result<Flags> Parse(std::span<char* const> words,
                                                     std::span<const std::string_view> known);
  [[nodiscard]] static monitors::Result<Flags> Parse(
      std::span<char* const> words, std::initializer_list<std::string_view> known) {
    return Parse(words, std::span(known.begin(), known.size()));
  }

  /// The last value given; `fallback` if none was.
  std::string Get(std::string_view name, std::string_view fallback = "") const;
  /// Every value given, in order.
  std::vector<std::string> All(std::string_view name) const;
  /// The last value as a number of 0 or more; an error if it is none.
  [[nodiscard]] monitors::Result<std::int64_t> Number(std::string_view name,
                                                      std::int64_t fallback) const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

}  // namespace harness

#endif  // TESTS_HARNESS_FLAGS_H_
