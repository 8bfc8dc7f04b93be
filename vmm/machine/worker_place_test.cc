#include "vmm/machine/worker_place.h"

#include <sched.h>

#include "gtest/gtest.h"

namespace vmm {
namespace {

cpu_set_t Allowed() {
  cpu_set_t set;
  CPU_ZERO(&set);
  EXPECT_EQ(sched_getaffinity(0, sizeof(set), &set), 0);
  return set;
}

TEST(WorkerPlace, HoldsTheThreadWhereItIsAndLetsItGoAgain) {
  const cpu_set_t before = Allowed();
  {
    const WorkerPlace place;
    const cpu_set_t within = Allowed();
    EXPECT_EQ(CPU_COUNT(&within), 1);
    EXPECT_TRUE(CPU_ISSET(static_cast<unsigned>(sched_getcpu()), &within));
  }
  const cpu_set_t after = Allowed();
  EXPECT_TRUE(CPU_EQUAL(&before, &after));
}

}  // namespace
}  // namespace vmm
