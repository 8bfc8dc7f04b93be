#include "tests/nested/console.h"

#include <gtest/gtest.h>

namespace nested {
namespace {

TEST(ConsoleTest, ReadsCommandsWithStreamsAndStatus) {
  const ConsoleResult result = ReadConsole(
      "noise of the kernel\r\nnested-command /a b\r\nout\r\n\r\nnested-errors\r\nerr\r\n\r\n"
      "nested-status 65\r\nnested-command /c\r\nnested-status none\r\nnested-end\r\n");
  ASSERT_EQ(result.commands.size(), 2u);
  EXPECT_EQ(result.commands[0].command, "/a b");
  EXPECT_EQ(result.commands[0].output, "out\n");
  EXPECT_EQ(result.commands[0].errors, "err\n");
  EXPECT_EQ(result.commands[0].status, 65);
  EXPECT_EQ(result.commands[1].status, -1);
  EXPECT_TRUE(result.complete);
  EXPECT_TRUE(result.failures.empty());
}

TEST(ConsoleTest, ACommandThatNeverEndedHasNoStatus) {
  const ConsoleResult result =
      ReadConsole("nested-failed /kvm.ko: Exec format error\nnested-command /a\nhalf");
  ASSERT_EQ(result.commands.size(), 1u);
  EXPECT_EQ(result.commands[0].status, -1);
  EXPECT_FALSE(result.complete);
  EXPECT_EQ(result.failures, std::vector<std::string>{"/kvm.ko: Exec format error"});
}

TEST(ConsoleTest, LinesOutOfPlaceDoNoHarm) {
  EXPECT_TRUE(ReadConsole("nested-status 0\nnested-errors\n").commands.empty());
}

}  // namespace
}  // namespace nested
