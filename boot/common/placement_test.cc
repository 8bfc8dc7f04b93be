#include "boot/common/placement.h"

#include <cstdint>
#include <string_view>

#include "gtest/gtest.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"

namespace boot {
namespace {

using Kind = abi::MemoryRange::Kind;

constexpr Extent kImage = {PhysAddr(0x100000), PhysAddr(0x140000)};
constexpr Extent kReadable = {PhysAddr(0x1000), PhysAddr(0x40000000)};

class PlacementFaultTest : public testing::Test {
 protected:
  PlacementFaultTest() {
    AddRange(0, 0x9f000, Kind::kUsable);
    AddRange(0x100000, 0xf00000, Kind::kUsable);
    AddRange(0x1000000, 0x1000, Kind::kAcpi);
    AddRange(0x30000000, 0x20000000, Kind::kUsable);
  }

  void AddRange(std::uint64_t base, std::uint64_t size, Kind kind) {
    handoff_.ranges[handoff_.range_count++] = {base, size, kind, 0};
  }

  std::string_view FaultOfImage(std::uint64_t begin, std::uint64_t end) const {
    return PlacementFault(handoff_, {PhysAddr(begin), PhysAddr(end)}, kReadable);
  }

  std::string_view FaultOfModule(std::uint64_t base, std::uint64_t size) {
    handoff_.module_count = 2;
    handoff_.modules[0] = {0x200000, 0x1000, 1};
    handoff_.modules[1] = {base, size, 1};
    return PlacementFault(handoff_, kImage, kReadable);
  }

  abi::BootHandoff handoff_ = {};
};

TEST_F(PlacementFaultTest, FindsNothingWrongWithAGoodBoot) {
  EXPECT_EQ(FaultOfImage(0x100000, 0x140000), "");
  EXPECT_EQ(FaultOfImage(0x100000, 0x1000000), "");
  EXPECT_EQ(FaultOfModule(0x140000, 0x1000), "");
  EXPECT_EQ(FaultOfModule(0x1000, 0x9e000), "");
  EXPECT_EQ(FaultOfModule(0x3ffff000, 0x1000), "");
}

TEST_F(PlacementFaultTest, TheImageMustLieInRam) {
  constexpr std::string_view kFault = "boot: the image does not fit into the RAM";
  EXPECT_TRUE(FaultOfImage(0x100000, 0x1000001).starts_with(kFault));
  EXPECT_TRUE(FaultOfImage(0xff000, 0x101000).starts_with(kFault));
  EXPECT_TRUE(FaultOfImage(0x1000000, 0x1000800).starts_with(kFault));
}

TEST_F(PlacementFaultTest, NoModuleMayLieOverTheImage) {
  constexpr std::string_view kFault = "boot: the loader put a module over the image";
  EXPECT_TRUE(FaultOfModule(0x13ffff, 1).starts_with(kFault));
  EXPECT_TRUE(FaultOfModule(0x100000, 0x1000).starts_with(kFault));
  EXPECT_TRUE(FaultOfModule(0x1000, 0x1000000).starts_with(kFault));
}

TEST_F(PlacementFaultTest, AModuleMustLieInRam) {
  constexpr std::string_view kFault = "boot: the loader put a module where it reports no RAM";
  EXPECT_TRUE(FaultOfModule(0x20000000, 0x1000).starts_with(kFault));
  EXPECT_TRUE(FaultOfModule(0x9e000, 0x2000).starts_with(kFault));
  EXPECT_TRUE(FaultOfModule(0x1000000, 1).starts_with(kFault));
}

TEST_F(PlacementFaultTest, AModuleMustBeReadable) {
  constexpr std::string_view kFault = "boot: the loader put a module out of reach";
  EXPECT_TRUE(FaultOfModule(0x3ffff000, 0x1001).starts_with(kFault));
  EXPECT_TRUE(FaultOfModule(0x40000000, 1).starts_with(kFault));
  EXPECT_TRUE(FaultOfModule(0xfff, 2).starts_with(kFault));
}

TEST_F(PlacementFaultTest, AnEmptyModuleTakesNoPlace) {
  EXPECT_EQ(FaultOfModule(0x100000, 0), "");
  EXPECT_EQ(FaultOfModule(~std::uint64_t{0}, 0), "");
}

}  // namespace
}  // namespace boot
