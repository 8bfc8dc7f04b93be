// Says which words a loader passed on: each that is short, and how long all of them are.
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "kernel/base/text_writer.h"
#include "kernel/devices/console.h"

int main(int argc, char** argv) {
  constexpr std::size_t kShort = 60;
  std::array<char, 100> buffer;
  kernel::TextWriter line(buffer);
  std::size_t total = 0;
  for (const std::string_view word : std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
    total += word.size();
    if (word.size() > kShort) continue;
    line.Clear();
    kernel::devices::Write(line.Text("word: ").Text(word).Text("\n").view());
  }
  line.Clear();
  kernel::devices::Write(line.Text("bytes: ").Decimal(total).Text("\n").view());
  return 0;
}
