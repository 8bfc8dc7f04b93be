// Fails a CHECK after it has said what it should.
#include "kernel/base/check.h"
#include "kernel/devices/console.h"

int main(int argc, char**) {
  kernel::devices::Write("the right words\n");
  CHECK(argc == 1000);
  return 0;
}
