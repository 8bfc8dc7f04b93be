// Wastes time in a global constructor, between the last unit and main.
#include "kernel/devices/console.h"
#include "tests/harness/subjects/spin.h"

namespace {

struct Slow {
  Slow() { Spin(); }
};

const Slow kSlow;

}  // namespace

int main() {
  kernel::devices::Write("the right words\n");
  return 0;
}
