// Says the last word of its command line, if that has its greatest length or none.
#include <cstddef>
#include <cstring>

#include "kernel/devices/console.h"

int main(int argc, char** argv) {
  std::size_t length = 0;
  for (int i = 1; i < argc; ++i) length += std::strlen(argv[i]) + 1;
  if (length != 0 && length != 65536) return 1;
  kernel::devices::Write(argc > 1 ? argv[argc - 1] : "no words");
  kernel::devices::Write("\n");
  return 0;
}
