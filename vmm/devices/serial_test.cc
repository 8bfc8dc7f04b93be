#include "vmm/devices/serial.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "vmm/base/file.h"

namespace vmm {
namespace {

constexpr std::uint64_t kData = 0;
constexpr std::uint64_t kLineControl = 3;
constexpr std::uint64_t kModemControl = 4;
constexpr std::uint64_t kLineStatus = 5;
constexpr std::uint64_t kScratch = 7;

class SerialTest : public testing::Test {
 protected:
  void Write(std::uint64_t offset, std::uint8_t value) {
    const std::array<std::byte, 1> bytes = {std::byte{value}};
    ASSERT_TRUE(serial_.Write(offset, bytes).has_value());
  }
  int Read(std::uint64_t offset) {
    std::array<std::byte, 1> bytes = {};
    EXPECT_TRUE(serial_.Read(offset, bytes).has_value());
    return std::to_integer<int>(bytes[0]);
  }
  std::string Seen() const { return ReadProcFile(path_.c_str()); }

  std::string path_ = testing::TempDir() + "/serial";
  Console console_{CreateFile(path_).value()};
  Serial serial_{console_};
};

TEST_F(SerialTest, SendsAndIsAlwaysReady) {
  EXPECT_EQ(Read(kLineStatus) & 0x60, 0x60);
  Write(kData, 'x');
  Write(kData, '\n');
  EXPECT_EQ(Seen(), "x\n");
  EXPECT_EQ(Read(kLineStatus) & 0x01, 0);  // Nothing was ever received.
}

TEST_F(SerialTest, TheDivisorIsNotSent) {
  Write(kLineControl, 0x83);
  Write(kData, 0x01);
  Write(1, 0x02);
  EXPECT_EQ(Read(kData), 0x01);
  EXPECT_EQ(Read(1), 0x02);
  Write(kLineControl, 0x03);
  Write(kData, '\n');
  EXPECT_EQ(Seen(), "\n");
  EXPECT_EQ(Read(kLineControl), 0x03);
}

TEST_F(SerialTest, LoopedBytesStayInside) {
  Write(kModemControl, 0x10);
  Write(kData, '\n');
  EXPECT_EQ(Seen(), "");
}

TEST_F(SerialTest, WhoeverLooksForADeviceFindsOne) {
  Write(kScratch, 0x5a);
  EXPECT_EQ(Read(kScratch), 0x5a);
}

TEST_F(SerialTest, WideAccessesGoByRegister) {
  const std::array<std::byte, 2> bytes = {std::byte{'\n'}, std::byte{0x0f}};
  ASSERT_TRUE(serial_.Write(kData, bytes).has_value());
  EXPECT_EQ(Seen(), "\n");
  EXPECT_EQ(Read(1), 0x0f);
}

}  // namespace
}  // namespace vmm
