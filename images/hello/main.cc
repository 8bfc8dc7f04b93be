// The smallest appliance that says something.
#include "kernel/devices/console.h"

int main() {
  kernel::devices::Write("hello from Torito\n");
  return 0;
}
