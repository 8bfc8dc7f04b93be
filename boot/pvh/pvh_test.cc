#include "boot/pvh/pvh.h"

#include <cstdint>

#include "boot/common/test_memory.h"
#include "gtest/gtest.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/pvh.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

constexpr std::uint64_t kInfo = 0x1000;
constexpr std::uint64_t kMap = 0x2000;
constexpr std::uint64_t kText = 0x3000;
constexpr std::uint64_t kModules = 0x4000;

class FromPvhTest : public testing::Test {
 protected:
  FromPvhTest() : memory_(0x10000) {
    memory_.Put(kMap, abi::pvh::MapEntry{0, 0x9fc00, 1, 0});
    memory_.Put(kMap + 24, abi::pvh::MapEntry{0x100000, 0x1f00000, 1, 0});
    memory_.PutText(kText, "hello world");
    info_ = {.magic = abi::pvh::kMagic,
             .version = 1,
             .flags = 0,
             .module_count = 0,
             .modules = 0,
             .command_line = kText,
             .rsdp = 0xf0000,
             .memory_map = kMap,
             .map_count = 2,
             .reserved = 0};
  }

  Result<abi::BootHandoff> Translate() {
    memory_.Put(kInfo, info_);
    return FromPvh(memory_.view(), PhysAddr(kInfo));
  }

  TestMemory memory_;
  abi::pvh::StartInfo info_;
};

TEST_F(FromPvhTest, TakesMapCommandLineAndRsdp) {
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_TRUE(IsSound(*handoff));
  EXPECT_EQ(handoff->protocol, std::uint32_t{ABI_BOOT_PVH});
  EXPECT_EQ(handoff->range_count, 2u);
  EXPECT_EQ(handoff->ranges[1].base, 0x100000u);
  EXPECT_EQ(handoff->ranges[1].size, 0x1f00000u);
  EXPECT_EQ(handoff->command_line, kText);
  EXPECT_EQ(handoff->rsdp, 0xf0000u);
  EXPECT_EQ(handoff->tsc_khz, 0u);
}

TEST_F(FromPvhTest, ALoaderNeedNotGiveACommandLine) {
  info_.command_line = 0;
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_NE(handoff->command_line, 0u);
}

TEST_F(FromPvhTest, TakesModulesInTheirOrder) {
  memory_.PutText(0x5000, "words");
  memory_.Put(kModules, abi::pvh::Module{0x8000, 0x1234, 0x5000, 0});
  memory_.Put(kModules + 32, abi::pvh::Module{0x6000, 0, 0, 0});
  info_.modules = kModules;
  info_.module_count = 2;
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_TRUE(IsSound(*handoff));
  ASSERT_EQ(handoff->module_count, 2u);
  EXPECT_EQ(handoff->modules[0].base, 0x8000u);
  EXPECT_EQ(handoff->modules[0].size, 0x1234u);
  EXPECT_EQ(handoff->modules[0].command_line, 0x5000u);
  EXPECT_EQ(handoff->modules[1].size, 0u);
}

TEST_F(FromPvhTest, RefusesModulesThatCannotBeReadOrAreTooMany) {
  memory_.Put(kModules, abi::pvh::Module{0x8000, ~std::uint64_t{0}, 0, 0});
  info_.modules = kModules;
  info_.module_count = 1;
  EXPECT_EQ(Translate().error(), Error::kMalformed);
  info_.modules = 0xfff0;
  EXPECT_EQ(Translate().error(), Error::kOutOfRange);
  info_.modules = 0x9000;  // Zeroes: empty modules.
  info_.module_count = abi::BootHandoff::kMaxModules;
  EXPECT_TRUE(Translate());
  info_.module_count = ~std::uint32_t{0};
  EXPECT_EQ(Translate().error(), Error::kNoSpace);
}

TEST_F(FromPvhTest, RefusesForeignStructures) {
  info_.magic = 0x12345678;
  EXPECT_EQ(Translate().error(), Error::kMalformed);
  info_.magic = abi::pvh::kMagic;
  info_.version = 0;
  EXPECT_EQ(Translate().error(), Error::kNotSupported);
}

TEST_F(FromPvhTest, RefusesPointersOutOfMemory) {
  EXPECT_EQ(FromPvh(memory_.view(), PhysAddr(0xfff0)).error(), Error::kOutOfRange);
  info_.memory_map = 0xfff0;
  EXPECT_EQ(Translate().error(), Error::kOutOfRange);
  info_.memory_map = ~std::uint64_t{0} - 8;
  EXPECT_EQ(Translate().error(), Error::kOutOfRange);
  info_.memory_map = kMap;
  info_.command_line = 0x123456789abc;
  EXPECT_EQ(Translate().error(), Error::kOutOfRange);
}

TEST_F(FromPvhTest, RefusesAMapThatIsTooLongOrEmpty) {
  info_.map_count = 129;
  EXPECT_EQ(Translate().error(), Error::kNoSpace);
  info_.map_count = 0;
  EXPECT_EQ(Translate().error(), Error::kMalformed);
}

}  // namespace
}  // namespace boot
