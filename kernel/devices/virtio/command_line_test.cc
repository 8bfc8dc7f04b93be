#include "kernel/devices/virtio/command_line.h"

#include <optional>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::devices::virtio {
namespace {

TEST(TakeMmioDevice, FindsEachDevice) {
  std::string_view line =
      "quiet virtio_mmio.device=4K@0xd0000000:5  x virtio_mmio.device=512@"
      "4272947200:12:3 virtio_mmio.device=0x1M@0xD1000000:0";
  auto device = TakeMmioDevice(line);
  ASSERT_TRUE(device && *device);
  EXPECT_EQ((*device)->address, PhysAddr(0xd0000000));
  EXPECT_EQ((*device)->size, Bytes(4096));
  device = TakeMmioDevice(line);
  ASSERT_TRUE(device && *device);
  EXPECT_EQ((*device)->address, PhysAddr(4272947200));
  EXPECT_EQ((*device)->size, Bytes(512));
  device = TakeMmioDevice(line);
  ASSERT_TRUE(device && *device);
  EXPECT_EQ((*device)->address, PhysAddr(0xd1000000));
  EXPECT_EQ((*device)->size, Bytes(1 << 20));
  EXPECT_FALSE(TakeMmioDevice(line)->has_value());
}

TEST(TakeMmioDevice, LeavesOtherWordsAlone) {
  for (std::string_view line :
       {"", " ", "a b", "xvirtio_mmio.device=4K@1:1", "virtio_mmio.devic"}) {
    EXPECT_FALSE(TakeMmioDevice(line)->has_value()) << line;
  }
}

TEST(TakeMmioDevice, RefusesWordsThatSaySomethingElse) {
  for (const std::string_view text :
       {"", "4K", "4K@", "4K@0x:5", "@0xd0000000:5", "4G@0xd0000000:5", "4K@0xd0000000",
        "4K@0xd0000000:", "4K@0xd0000000:5:", "4K@0xd0000000:5:1:", "4K@0xd0000000:5x",
        "4K@0xfffffffffffffffff:5", "99999999999999999999@1:1", "0xfffffffffffffffM@1:1",
        "-1@1:1"}) {
    const std::string word = std::string(kMmioWord) + std::string(text);
    std::string_view line = word;
    const auto device = TakeMmioDevice(line);
    ASSERT_FALSE(device) << word;
    EXPECT_EQ(device.error(), Error::kMalformed) << word;
  }
}

}  // namespace
}  // namespace kernel::devices::virtio
