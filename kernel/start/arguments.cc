#include "kernel/start/arguments.h"

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

#include "kernel/abi/boot_mark.h"

namespace kernel::start {
namespace {

constexpr char kSeparator = ' ';

// What a monitor says to drivers (kernel/devices/virtio/command_line.h), not to the program.
constexpr std::string_view kDeviceWord = "virtio_mmio.device=";

/// Removes the next word from `line` and returns it; empty if there is none.
std::string_view TakeWord(std::string_view& line) {
  std::size_t begin = 0;
  while (begin < line.size() && line[begin] == kSeparator) ++begin;
  std::size_t end = begin;
  while (end < line.size() && line[end] != kSeparator) ++end;
  const std::string_view word = line.substr(begin, end - begin);
  line.remove_prefix(end);
  return word;
}

}  // namespace

std::size_t CountWords(std::string_view line) {
  std::size_t count = 0;
  while (!TakeWord(line).empty()) ++count;
  return count;
}

Arguments SplitCommandLine(std::string_view line, char* program, std::span<char*> values,
                           std::span<char> text) {
  Arguments arguments{.count = 1, .values = values.data(), .print_boot_clock = false};
  values[0] = program;
  for (std::string_view word = TakeWord(line); !word.empty(); word = TakeWord(line)) {
    if (word == abi::kBootMarksWord) {
      arguments.print_boot_clock = true;
      continue;
    }
    if (word.starts_with(kDeviceWord)) continue;
    std::memcpy(text.data(), word.data(), word.size());
    text[word.size()] = '\0';
    values[static_cast<std::size_t>(arguments.count++)] = text.data();
    text = text.subspan(word.size() + 1);
  }
  values[static_cast<std::size_t>(arguments.count)] = nullptr;
  return arguments;
}

}  // namespace kernel::start
