// An appliance whose memory ends above 3 MiB, though its file is small.
#include <array>

#include "kernel/devices/console.h"

namespace {

constinit std::array<char, 2 << 20> large{};

}  // namespace

int main(int argc, char**) {
  // Used, so that it is there.
  large[static_cast<unsigned>(argc) * 4096] = 1;
  kernel::devices::Write(large[4096] == 1 ? "enough memory\n" : "strange memory\n");
  return 0;
}
