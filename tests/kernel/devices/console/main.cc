// Prints on whatever console the image has: more than one line, and more than one page.
#include <array>
#include <string_view>

#include "kernel/devices/console.h"

int main() {
  kernel::devices::Write("first\n");
  static std::array<char, 10000> line;
  line.fill('x');
  line.back() = '\n';
  kernel::devices::Write(std::string_view(line.data(), line.size()));
  kernel::devices::Write("last\n");
  return kernel::devices::HasConsole() ? 0 : 1;
}
