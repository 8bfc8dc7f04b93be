#include "vmm/devices/console.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include "kernel/abi/crash_line.h"
#include "kernel/abi/ports.h"
#include "vmm/base/file.h"

namespace vmm {
namespace {

class ConsoleTest : public testing::Test {
 protected:
  // What a reader could have seen so far.
  std::string Seen() const { return ReadProcFile(path_.c_str()); }

  void Ask(const abi::ConsoleText& text, std::uint32_t at) {
    std::memcpy(memory_.Slice(GuestAddr(at), Bytes(sizeof(text)))->data(), &text, sizeof(text));
  }
  Result<void> WriteAddress(std::uint32_t address) {
    return text_port_.Write(0, std::as_bytes(std::span(&address, 1)));
  }

  std::string path_ = testing::TempDir() + "/console";
  Console console_{CreateFile(path_).value()};
  GuestMemory memory_ = GuestMemory::Create(Bytes(0x4000), Pages::kNormal).value();
  DebugConsole debug_{console_};
  ConsoleTextPort text_port_{console_, memory_};
};

TEST_F(ConsoleTest, KeepsBytesUntilTheLineIsComplete) {
  for (const char byte : std::string_view("hi")) ASSERT_TRUE(console_.Put(byte).has_value());
  EXPECT_EQ(Seen(), "");
  ASSERT_TRUE(console_.Put('\n').has_value());
  EXPECT_EQ(Seen(), "hi\n");
}

TEST_F(ConsoleTest, DoesNotKeepALineWithoutEnd) {
  for (int i = 0; i < 5000; ++i) ASSERT_TRUE(console_.Put('x').has_value());
  EXPECT_EQ(Seen().size(), 4096u);
  ASSERT_TRUE(console_.Flush().has_value());
  EXPECT_EQ(Seen().size(), 5000u);
}

TEST_F(ConsoleTest, TextComesAfterTheBytesBeforeIt) {
  ASSERT_TRUE(console_.Put('a').has_value());
  ASSERT_TRUE(console_.PutText("b").has_value());
  EXPECT_EQ(Seen(), "ab");
}

TEST_F(ConsoleTest, DebugPortAnswersAsQemusDoes) {
  std::array<std::byte, 1> answer = {};
  ASSERT_TRUE(debug_.Read(0, answer).has_value());
  EXPECT_EQ(std::to_integer<int>(answer[0]), ABI_DEBUG_CONSOLE_PRESENT);
  const std::array<std::byte, 1> newline = {std::byte{'\n'}};
  ASSERT_TRUE(debug_.Write(0, newline).has_value());
  EXPECT_EQ(Seen(), "\n");
}

TEST_F(ConsoleTest, TextPortPrintsFromGuestMemory) {
  std::memcpy(memory_.Slice(GuestAddr(0x2000), Bytes(5))->data(), "line\n", 5);
  Ask({.address = 0x2000, .size = 5}, 0x1000);
  ASSERT_TRUE(WriteAddress(0x1000).has_value());
  EXPECT_EQ(Seen(), "line\n");
  Ask({.address = 0x2000, .size = 0}, 0x1000);
  ASSERT_TRUE(WriteAddress(0x1000).has_value());
  EXPECT_EQ(Seen(), "line\n");
}

TEST_F(ConsoleTest, TextPortRefusesWhatTheGuestDoesNotHave) {
  EXPECT_EQ(WriteAddress(0x3ff8).error().code, Code::kGuestFault);
  EXPECT_EQ(WriteAddress(0xffffffff).error().code, Code::kGuestFault);
  Ask({.address = 0x3fff, .size = 2}, 0x1000);
  EXPECT_EQ(WriteAddress(0x1000).error().code, Code::kGuestFault);
  Ask({.address = ~0ull, .size = 2}, 0x1000);
  EXPECT_EQ(WriteAddress(0x1000).error().code, Code::kGuestFault);
  Ask({.address = 0, .size = abi::ConsoleText::kMaxSize + 1}, 0x1000);
  EXPECT_EQ(WriteAddress(0x1000).error().what, "console-text: 65537 bytes, more than 65536");
  const std::array<std::byte, 2> narrow = {};
  EXPECT_EQ(text_port_.Write(0, narrow).error().what, "console-text: not a write of 32 bits");
  EXPECT_EQ(Seen(), "");
}

TEST_F(ConsoleTest, RemembersTheCrashLineAlone) {
  ASSERT_TRUE(console_.PutText("before\ntorito-cr").has_value());
  ASSERT_TRUE(console_.PutText("ash {}\nafter\n").has_value());
  EXPECT_EQ(console_.crash_line(), "torito-crash {}");
}

TEST(Console, SaysWhenNobodyCanRead) {
  Console console(UniqueFd(open("/dev/full", O_WRONLY)));
  const auto put = console.PutText("x");
  ASSERT_FALSE(put.has_value());
  EXPECT_EQ(put.error().code, Code::kHostFault);
  EXPECT_EQ(put.error().host_errno, ENOSPC);
}

TEST(Console, CanBeSilentAndStillSeeACrash) {
  Console console(-1);
  ASSERT_TRUE(console.PutText("torito-crash x\n").has_value());
  EXPECT_EQ(console.crash_line(), "torito-crash x");
}

}  // namespace
}  // namespace vmm
