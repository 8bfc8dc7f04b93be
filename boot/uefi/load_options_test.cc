#include "boot/uefi/load_options.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace boot::uefi {
namespace {

std::string TextOf(std::span<const std::byte> options, bool named = false, std::size_t room = 100) {
  std::string line(room, '?');
  const auto length = TextOfOptions(options, named, line);
  return length ? line.substr(0, *length) : std::string(kernel::ErrorName(length.error()));
}

std::string TextOf(std::u16string_view options, bool named = false, std::size_t room = 100) {
  return TextOf(std::as_bytes(std::span(options)), named, room);
}

TEST(LoadOptionsTest, WordsAreTakenUpToTheNulOrTheEnd) {
  EXPECT_EQ(TextOf(u"one two"), "one two");
  EXPECT_EQ(TextOf(std::u16string_view(u"one\0junk\x1", 9)), "one");
  EXPECT_EQ(TextOf(u"  x"), "x");
}

TEST(LoadOptionsTest, OtherThanAsciiBecomesUtf8) {
  EXPECT_EQ(TextOf(u"a\u00e9\u20ac\ufffd\u07ff\u0800"),
            "a\xc3\xa9\xe2\x82\xac\xef\xbf\xbd\xdf\xbf\xe0\xa0\x80");
}

TEST(LoadOptionsTest, NothingIsNoText) {
  EXPECT_EQ(TextOf(u""), "not found");
  EXPECT_EQ(TextOf(u"   "), "not found");
  EXPECT_EQ(TextOf(std::u16string_view(u"\0x", 2)), "not found");
}

TEST(LoadOptionsTest, BytesThatAreNoTextAreLeftAlone) {
  const std::u16string text = u"abc";
  EXPECT_EQ(TextOf(std::as_bytes(std::span(text)).first(5)), "not found") << "half a character";
  EXPECT_EQ(TextOf(u"a\nb"), "not found") << "a control character";
  EXPECT_EQ(TextOf(u"a\u0085"), "not found") << "a control character beyond ASCII";
  EXPECT_EQ(TextOf(std::u16string(1, 0xd800)), "not found") << "a surrogate";
  EXPECT_EQ(TextOf(std::u16string(1, 0xffff)), "not found") << "no character";
}

TEST(LoadOptionsTest, TheNameByWhichAShellCallsIsNoWord) {
  EXPECT_EQ(TextOf(u"FS0:\\hello.efi one two", true), "one two");
  EXPECT_EQ(TextOf(u"\"FS0:\\my files\\hello.efi\" one", true), "one");
  EXPECT_EQ(TextOf(u"hello.efi", true), "not found");
  EXPECT_EQ(TextOf(u"\"never closed one", true), "not found");
}

TEST(LoadOptionsTest, TheLineMustBeLongEnough) {
  EXPECT_EQ(TextOf(u"abc", false, 3), "abc");
  EXPECT_EQ(TextOf(u"abcd", false, 3), "no space");
  EXPECT_EQ(TextOf(u"ab\u20ac", false, 4), "no space") << "a character of three bytes";
  EXPECT_EQ(TextOf(u"a", false, 0), "no space");
}

}  // namespace
}  // namespace boot::uefi
