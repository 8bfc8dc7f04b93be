// Ends well; its second line is not the expected one, though it contains it.
#include "kernel/devices/console.h"

int main() {
  kernel::devices::Write("first\nalmost second\n");
  return 0;
}
