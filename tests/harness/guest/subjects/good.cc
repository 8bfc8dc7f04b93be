// Cases that pass, if each has a machine of its own.
#include "kernel/testing/testing.h"

namespace {

// Says whether another case has run in this machine: each must find it untouched.
constinit int cases_run = 0;

TEST(Outcome, Passes) { EXPECT_EQ(++cases_run, 1); }

TEST(Outcome, PassesInAFreshMachine) { EXPECT_EQ(++cases_run, 1); }

}  // namespace
