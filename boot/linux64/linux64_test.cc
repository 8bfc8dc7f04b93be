#include "boot/linux64/linux64.h"

#include <cstddef>
#include <cstdint>

#include "boot/common/test_memory.h"
#include "gtest/gtest.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/linux_boot.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

namespace linux_boot = abi::linux_boot;

constexpr std::size_t kZeroPage = 0x7000;
constexpr std::uint32_t kText = 0x9000;

class FromLinux64Test : public testing::Test {
 protected:
  FromLinux64Test() : memory_(0x10000) {
    Put(linux_boot::kBootFlagOffset, linux_boot::kBootFlag);
    Put(linux_boot::kHeaderOffset, linux_boot::kHeaderMagic);
    Put(linux_boot::kMapCountOffset, std::uint8_t{2});
    Put(linux_boot::kMapOffset, linux_boot::E820Entry{0, 0x9fc00, 1});
    Put(linux_boot::kMapOffset + 20, linux_boot::E820Entry{0x100000, 0x700000, 1});
    Put(linux_boot::kRsdpOffset, std::uint64_t{0xe0000});
    Put(linux_boot::kCmdLineOffset, kText);
    memory_.PutText(kText, "x");
  }

  template <typename T>
  void Put(std::size_t offset, const T& value) {
    memory_.Put(kZeroPage + offset, value);
  }

  Result<abi::BootHandoff> Translate() { return FromLinux64(memory_.view(), PhysAddr(kZeroPage)); }

  TestMemory memory_;
};

TEST_F(FromLinux64Test, TakesMapCommandLineAndRsdp) {
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_TRUE(IsSound(*handoff));
  EXPECT_EQ(handoff->protocol, std::uint32_t{ABI_BOOT_LINUX64});
  EXPECT_EQ(handoff->range_count, 2u);
  EXPECT_EQ(handoff->ranges[1].size, 0x700000u);
  EXPECT_EQ(handoff->command_line, kText);
  EXPECT_EQ(handoff->rsdp, 0xe0000u);
}

TEST_F(FromLinux64Test, AnInitrdIsAModule) {
  EXPECT_EQ(Translate()->module_count, 0u);
  Put(linux_boot::kRamdiskOffset, std::uint32_t{0xa000});
  Put(linux_boot::kRamdiskSizeOffset, std::uint32_t{0x1234});
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_TRUE(IsSound(*handoff));
  ASSERT_EQ(handoff->module_count, 1u);
  EXPECT_EQ(handoff->modules[0].base, 0xa000u);
  EXPECT_EQ(handoff->modules[0].size, 0x1234u);
}

TEST_F(FromLinux64Test, AnInitrdsNumbersHave64Bits) {
  Put(linux_boot::kRamdiskOffset, std::uint32_t{0xa000});
  Put(linux_boot::kRamdiskHighOffset, std::uint32_t{1});
  Put(linux_boot::kRamdiskSizeHighOffset, std::uint32_t{2});
  ASSERT_EQ(Translate()->module_count, 1u);
  EXPECT_EQ(Translate()->modules[0].base, 0x10000a000u);
  EXPECT_EQ(Translate()->modules[0].size, 0x200000000u);
  Put(linux_boot::kRamdiskSizeHighOffset, ~std::uint32_t{0});
  Put(linux_boot::kRamdiskSizeOffset, ~std::uint32_t{0});
  EXPECT_EQ(Translate().error(), Error::kMalformed);
}

TEST_F(FromLinux64Test, RefusesAPageThatIsNoZeroPage) {
  Put(linux_boot::kHeaderOffset, std::uint32_t{0});
  EXPECT_EQ(Translate().error(), Error::kMalformed);
}

TEST_F(FromLinux64Test, ALoaderMayForgetTheBootFlag) {
  Put(linux_boot::kBootFlagOffset, std::uint16_t{0});
  EXPECT_TRUE(Translate());
}

TEST_F(FromLinux64Test, RefusesATableThatIsTooLongOrEmpty) {
  Put(linux_boot::kMapCountOffset, std::uint8_t{129});
  EXPECT_EQ(Translate().error(), Error::kMalformed);
  Put(linux_boot::kMapCountOffset, std::uint8_t{0});
  EXPECT_EQ(Translate().error(), Error::kMalformed);
}

TEST_F(FromLinux64Test, RefusesPointersOutOfMemory) {
  EXPECT_EQ(FromLinux64(memory_.view(), PhysAddr(0xf001)).error(), Error::kOutOfRange);
  Put(linux_boot::kCmdLineHighOffset, std::uint32_t{1});
  EXPECT_EQ(Translate().error(), Error::kOutOfRange);
}

}  // namespace
}  // namespace boot
