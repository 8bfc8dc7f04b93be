// Does what it should.
#include "kernel/devices/console.h"

int main() {
  kernel::devices::Write("the right words\n");
  return 0;
}
