// Says what it should, and ends with 3.
#include "kernel/devices/console.h"

int main() {
  kernel::devices::Write("the right words\n");
  return 3;
}
