#include "tests/harness/boot.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

const Expectation kTwoLines = {.lines = {"first", "second"}};

std::vector<std::string> Complaints(std::string_view console, monitors::Verdict verdict = {}) {
  return Judge(kTwoLines, console, verdict);
}

TEST(BootTest, SplitsLines) {
  EXPECT_EQ(Lines("a\r\n\nb"), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_TRUE(Lines("").empty());
  EXPECT_EQ(Lines("\x1b[2J\x1b[01;01Ha\n\x1b[=3h"), (std::vector<std::string_view>{"a", ""}));
  EXPECT_EQ(Lines("a\n\rb\n\r"), (std::vector<std::string_view>{"a", "b", ""}));
  EXPECT_EQ(Lines("\x1b[2"), std::vector<std::string_view>{""});
}

TEST(BootTest, AGoodBootHasNoComplaint) {
  EXPECT_EQ(Complaints("first\nnoise\r\nsecond\r\n"), std::vector<std::string>{});
}

TEST(BootTest, LinesMustBeWholeAndInOrder) {
  EXPECT_EQ(Complaints("second\nfirst\n"),
            std::vector<std::string>{"line 2 of 2 never came: \"second\""});
  EXPECT_EQ(Complaints("first!\nsecond\n"),
            std::vector<std::string>{"line 1 of 2 never came: \"first\""});
  EXPECT_EQ(Complaints("first\nfirst\n").size(), 1u);
}

TEST(BootTest, RightWordsDoNotExcuseAWrongEnd) {
  EXPECT_EQ(Complaints("first\nsecond\n", {.status = 67}),
            std::vector<std::string>{"exit status 67, wanted 0"});
  EXPECT_EQ(Complaints("first\nsecond\n", {.status = 3, .reason = "it hung"}),
            std::vector<std::string>{"exit status 3, wanted 0: it hung"});
}

TEST(BootTest, ACrashIsNeverGood) {
  // Not even if the status were right.
  EXPECT_EQ(Complaints("first\nsecond\ntorito-crash {}\n"),
            std::vector<std::string>{"the image crashed: torito-crash {}"});
  const Expectation fault = {.status = monitors::kGuestFault};
  EXPECT_TRUE(Judge(fault, "torito-crash {}\n", {.status = 2}).empty());
}

TEST(BootTest, NamesAFileThatCannotBeRead) {
  EXPECT_EQ(ReadFile("/nonexistent").error(), "/nonexistent: No such file or directory");
}

}  // namespace
}  // namespace harness
