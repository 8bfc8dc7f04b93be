#include "kernel/testing/runner.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/testing/samples.h"

namespace kernel::testing {
namespace {

std::string& Output() {
  static std::string output;
  return output;
}

void Keep(std::string_view text) { Output().append(text); }

int Boot(const std::vector<const char*>& words) {
  Output().clear();
  std::vector<const char*> arguments = {"program"};
  arguments.insert(arguments.end(), words.begin(), words.end());
  return RunTests(SampleCases(), arguments, &Keep);
}

TEST(RunTests, ListsEveryCaseInItsOrder) {
  EXPECT_EQ(Boot({"torito.test=list"}), 0);
  EXPECT_EQ(Output(),
            "Sample.Passes\nSample.FailsTwiceAndGoesOn\nSample.LeavesAtAnAssert\n"
            "Sample.PrintsAddressesAndSigns\n");
}

TEST(RunTests, RunsTheOneThatIsNamed) {
  EXPECT_EQ(Boot({"other", "torito.test=Sample.Passes"}), 0);
  EXPECT_EQ(Output(),
            "[ RUN      ] Sample.Passes\n[       OK ] Sample.Passes\n1 tests ran, 0 failed\n");
}

TEST(RunTests, AFailureSaysPlaceAndValuesAndGoesOn) {
  EXPECT_EQ(Boot({"torito.test=Sample.FailsTwiceAndGoesOn"}), 1);
  EXPECT_EQ(Output(),
            "[ RUN      ] Sample.FailsTwiceAndGoesOn\n"
            "kernel/testing/samples.cc:21: Failure\n"
            "  Expected: left == 11u\n      Left: 10 (0xa)\n     Right: 11 (0xb)\n"
            "kernel/testing/samples.cc:22: Failure\n"
            "  Expected: !(left == 10)\n"
            "[  FAILED  ] Sample.FailsTwiceAndGoesOn\n1 tests ran, 1 failed\n");
}

TEST(RunTests, AnAssertLeavesTheCase) {
  EXPECT_EQ(Boot({"torito.test=Sample.LeavesAtAnAssert"}), 1);
  EXPECT_NE(Output().find("Left: \"a\"\n     Right: \"b\"\n"), std::string::npos);
  EXPECT_EQ(Output().find("not to come here"), std::string::npos);
}

TEST(RunTests, PrintsValuesByTheirType) {
  EXPECT_EQ(Boot({"torito.test=Sample.PrintsAddressesAndSigns"}), 1);
  EXPECT_NE(Output().find("Left: 0x1000\n"), std::string::npos);
  EXPECT_NE(Output().find("Left: -2\n     Right: -1\n"), std::string::npos);
  EXPECT_NE(Output().find("Left: 1 (0x1)\n     Right: 2 (0x2)\n"), std::string::npos);
}

TEST(RunTests, WithoutAWordAllRun) {
  EXPECT_EQ(Boot({}), 1);
  EXPECT_TRUE(Output().ends_with("4 tests ran, 3 failed\n"));
}

TEST(RunTests, AMisspeltNameIsNoSuccess) {
  EXPECT_EQ(Boot({"torito.test=Sample.Pases"}), 2);
  EXPECT_EQ(RunTests({}, {}, &Keep), 2);
}

}  // namespace
}  // namespace kernel::testing
