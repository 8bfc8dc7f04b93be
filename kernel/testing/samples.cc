// Test cases for runner_test.cc, in a file of their own: GoogleTest's macros have the same names.
#include "kernel/testing/samples.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "kernel/base/address.h"
#include "kernel/testing/runner.h"
#include "kernel/testing/testing.h"

TEST(Sample, Passes) {
  EXPECT_TRUE(true);
  EXPECT_EQ(1 + 1, 2);
  ASSERT_LT(1, 2);
}

TEST(Sample, FailsTwiceAndGoesOn) {
  const std::uint32_t left = 10;
  EXPECT_EQ(left, 11u);
  EXPECT_FALSE(left == 10);
}

TEST(Sample, LeavesAtAnAssert) {
  ASSERT_EQ(std::string_view("a"), "b");
  ADD_FAILURE();
}

TEST(Sample, PrintsAddressesAndSigns) {
  EXPECT_NE(kernel::PhysAddr(0x1000), kernel::PhysAddr(0x1000));
  EXPECT_GT(-2, -1);
  EXPECT_EQ(kernel::Bytes(1), kernel::Bytes(2));
}

// The linker's names for the bounds of the section that TEST fills; C++ may not declare them as
// they are.
extern const kernel::testing::TestCase sample_cases_begin[] __asm__("__start_torito_tests");
extern const kernel::testing::TestCase sample_cases_end[] __asm__("__stop_torito_tests");

namespace kernel::testing {

std::span<const TestCase> SampleCases() {
  return {sample_cases_begin, static_cast<std::size_t>(sample_cases_end - sample_cases_begin)};
}

}  // namespace kernel::testing
