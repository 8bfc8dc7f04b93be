#include "kernel/base/check.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "gtest/gtest.h"
#include "kernel/base/result.h"

namespace kernel {
namespace {

void PrintAndExit(std::string_view message) {
  std::fprintf(stderr, "%.*s", static_cast<int>(message.size()), message.data());
  std::_Exit(3);
}

TEST(Check, TrueConditionsCostNothing) {
  int evaluated = 0;
  CHECK(++evaluated == 1);
  EXPECT_EQ(evaluated, 1);
}

TEST(CheckDeathTest, TheHandlerIsToldPlaceAndCondition) {
  EXPECT_EXIT(
      {
        SetCheckHandler(&PrintAndExit);
        CHECK(1 + 1 == 3);
      },
      testing::ExitedWithCode(3), R"(kernel/base/check_test\.cc:[0-9]+: CHECK\(1 \+ 1 == 3\))");
}

TEST(CheckDeathTest, WithoutAHandlerItTraps) { EXPECT_DEATH(CheckFailed("nobody listens"), ""); }

TEST(Result, EveryErrorHasANameOfItsOwn) {
  for (int i = 0; i <= static_cast<int>(Error::kDevice); ++i) {
    for (int j = 0; j < i; ++j) {
      EXPECT_NE(ErrorName(static_cast<Error>(i)), ErrorName(static_cast<Error>(j)));
    }
    EXPECT_NE(ErrorName(static_cast<Error>(i)), "unknown error");
  }
}

}  // namespace
}  // namespace kernel
