// Wastes time in a global constructor, between the last unit and main.
#include "kernel/devices/console.h"
#include "tests/harness/subjects/spin.h"

namespace {

const struct Slow {
  Slow() { Spin(); }
} slow;

}  // namespace

int main() {
  kernel::devices::Write("the right words\n");
  return 0;
}
