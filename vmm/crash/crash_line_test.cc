#include "vmm/crash/crash_line.h"

#include <gtest/gtest.h>

#include <string>

namespace vmm {
namespace {

constexpr std::string_view kFault =
    R"(torito-crash {"kind":"fault","vector":14,"error":6,"address":"0x0","rip":"0x101234",)"
    R"("rsp":"0x1f3fd8","registers":{"rax":"0x0","rflags":"0x10246"},)"
    R"("backtrace":["0x101234","0x101310"]})";

TEST(ParseCrashLine, ReadsAFault) {
  const auto report = ParseCrashLine(std::string(kFault) + "\r\n");
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->kind, "fault");
  EXPECT_EQ(report->vector, 14u);
  EXPECT_EQ(report->error, 6u);
  EXPECT_EQ(report->address, 0u);
  EXPECT_EQ(report->rip, 0x101234u);
  EXPECT_EQ(report->rsp, 0x1f3fd8u);
  ASSERT_EQ(report->registers.size(), 2u);
  EXPECT_EQ(report->registers[1], (std::pair<std::string, std::uint64_t>("rflags", 0x10246)));
  EXPECT_EQ(report->backtrace, (std::vector<std::uint64_t>{0x101234, 0x101310}));
}

TEST(ParseCrashLine, ReadsACheckWithAnyText) {
  const auto report = ParseCrashLine(
      R"(torito-crash { "kind" : "check", "message" : "a \"b\"\n\u0041\u00e9", "backtrace":[] })");
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->kind, "check");
  EXPECT_EQ(report->message, "a \"b\"\nA?");
  EXPECT_TRUE(report->backtrace.empty());
}

TEST(ParseCrashLine, IgnoresWhatALaterImageMayAdd) {
  EXPECT_TRUE(
      ParseCrashLine(R"(torito-crash {"core":1,"x":{"y":[true,null,"z",{}]},"kind":"fault"})")
          .has_value());
}

TEST(ParseCrashLine, RefusesWhatIsCutOrWrong) {
  for (std::size_t size = 0; size < kFault.size(); ++size) {
    ASSERT_FALSE(ParseCrashLine(kFault.substr(0, size)).has_value()) << size;
  }
  for (const std::string_view json :
       {"", "[]", "{}", R"({"kind":"other"})", R"({"kind":"fault"} x)", R"({"kind":"fault",})",
        R"({"kind":"fault","vector":"14"})", R"({"kind":"fault","vector":-1})",
        R"({"kind":"fault","rip":"101234"})", R"({"kind":"fault","rip":"0x"})",
        R"({"kind":"fault","rip":"0x11112222333344445"})", R"({"kind":"fault","backtrace":[1]})",
        "{\"kind\":\"fault\",\"message\":\"\x01\"}", R"({"kind":"fault","message":"\q"})",
        R"({"kind":"fault","x":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]})"}) {
    EXPECT_FALSE(ParseCrashLine(std::string("torito-crash ").append(json)).has_value()) << json;
  }
}

TEST(FindCrashLine, TakesTheLastCompleteLine) {
  EXPECT_EQ(FindCrashLine("x\ntorito-crash 1\ny\ntorito-crash 2\ntorito-crash 3"),
            "torito-crash 2");
  EXPECT_EQ(FindCrashLine("torito-crash without an end"), "");
  EXPECT_EQ(FindCrashLine(" torito-crash 1\n"), "");
  EXPECT_EQ(FindCrashLine(""), "");
}

// However the text is cut into pieces, the catcher finds what FindCrashLine finds in the whole.
TEST(CrashLineCatcher, DoesNotDependOnThePieces) {
  const std::string text = "tor\ntorito-crash\ntorito-crash {1}\n\ntorito torito-crash {2}\nx";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    CrashLineCatcher catcher;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      catcher.Look(std::string_view(text).substr(at, piece));
    }
    EXPECT_EQ(catcher.line(), "torito-crash {1}") << piece;
  }
}

TEST(CrashLineCatcher, DoesNotGrowWithoutEnd) {
  CrashLineCatcher catcher;
  catcher.Look("torito-crash ");
  for (int i = 0; i < 1000; ++i) catcher.Look(std::string(1000, 'x'));
  catcher.Look("\n");
  EXPECT_EQ(catcher.line(), "");
  catcher.Look("torito-crash {}\n");
  EXPECT_EQ(catcher.line(), "torito-crash {}");
}

}  // namespace
}  // namespace vmm
