#include "kernel/base/text_writer.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

#include "gtest/gtest.h"

namespace kernel {
namespace {

TEST(TextWriter, WritesNumbersOfEverySize) {
  std::array<char, 256> buffer;
  TextWriter writer(buffer);
  writer.Decimal(0).Text(" ").Decimal(std::numeric_limits<std::uint64_t>::max());
  writer.Text(" ").SignedDecimal(std::numeric_limits<std::int64_t>::min());
  writer.Text(" ").SignedDecimal(7).Text(" ").Hex(0).Text(" ").Hex(0xdeadbeef);
  writer.Text(" ").PaddedHex(0x1f);
  EXPECT_EQ(writer.view(),
            "0 18446744073709551615 -9223372036854775808 7 0x0 0xdeadbeef 0x000000000000001f");
  EXPECT_FALSE(writer.truncated());
}

TEST(TextWriter, LeavesOutWhatDoesNotFitAndSaysSo) {
  std::array<char, 4> buffer;
  TextWriter writer(buffer);
  writer.Text("abcd");
  EXPECT_FALSE(writer.truncated());
  writer.Decimal(5);
  EXPECT_EQ(writer.view(), "abcd");
  EXPECT_TRUE(writer.truncated());
  writer.Clear();
  EXPECT_EQ(writer.view(), "");
  EXPECT_FALSE(writer.truncated());
}

TEST(TextWriter, EscapesForJson) {
  std::array<char, 64> buffer;
  TextWriter writer(buffer);
  writer.JsonText("a\"b\\c\n\xff");
  EXPECT_EQ(writer.view(), R"(a\"b\\c\u000a\u00ff)");
}

}  // namespace
}  // namespace kernel
