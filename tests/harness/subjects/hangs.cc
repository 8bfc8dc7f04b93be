// Never ends.
#include "kernel/devices/console.h"

int main() {
  kernel::devices::Write("the right words\n");
  for (volatile int forever = 0;; forever = forever + 1) {
  }
}
