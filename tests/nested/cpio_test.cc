#include "tests/nested/cpio.h"

#include <gtest/gtest.h>

namespace nested {
namespace {

TEST(CpioTest, HeaderNameAndContentsStandWhereTheFormatSays) {
  CpioWriter writer;
  writer.AddFile("init", "abcde");
  const std::string archive = writer.Finish();
  EXPECT_EQ(archive.substr(0, 6), "070701");
  EXPECT_EQ(archive.substr(14, 8), "000081ED");  // Mode: a file, rwxr-xr-x.
  EXPECT_EQ(archive.substr(54, 8), "00000005");  // Size.
  EXPECT_EQ(archive.substr(94, 8), "00000005");  // Length of the name.
  EXPECT_EQ(archive.substr(110, 5), std::string("init\0", 5));
  EXPECT_EQ(archive.substr(116, 5), "abcde");   // Header and name are padded to four bytes.
  EXPECT_EQ(archive.substr(124, 6), "070701");  // So are contents.
  EXPECT_TRUE(archive.contains("TRAILER!!!"));
  EXPECT_EQ(archive.size() % 4, 0u);
}

TEST(CpioTest, FoldersHaveNoContents) {
  CpioWriter writer;
  writer.AddFolder("dev");
  EXPECT_EQ(writer.Finish().substr(14, 8), "000041ED");
}

}  // namespace
}  // namespace nested
