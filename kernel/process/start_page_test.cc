#include "kernel/process/start_page.h"

#include "gtest/gtest.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/memory/memory_map.h"

namespace kernel::process {
namespace {

using Kind = abi::MemoryRange::Kind;

class StartPageTest : public testing::Test {
 protected:
  void Add(std::uint64_t base, std::uint64_t size, Kind kind = Kind::kUsable) {
    handoff_.ranges[handoff_.range_count++] = {base, size, kind, 0};
  }

  Result<PhysAddr> Find(std::uint64_t hole, std::uint64_t size) {
    const memory::Hole holes[] = {{PhysAddr(hole), Bytes(size)}};
    return FindStartPage(handoff_, holes);
  }

  abi::BootHandoff handoff_{};
};

TEST_F(StartPageTest, TakesTheHighestWholePage) {
  Add(0, 0x9fc00);
  Add(0x100000, 0x1000000);
  EXPECT_EQ(Find(0x2000, 1), PhysAddr(0x9e000));
}

TEST_F(StartPageTest, LeavesHolesAlone) {
  Add(0, 0x4000);
  EXPECT_EQ(Find(0x3fff, 1), PhysAddr(0x2000));
  EXPECT_EQ(Find(0x2fff, 0x1001), PhysAddr(0x1000)) << "it fills two pages";
}

TEST_F(StartPageTest, ThereMayBeNone) {
  EXPECT_EQ(Find(0, 1), std::unexpected(Error::kNoMemory));
  Add(0, 0x1000);  // The null page.
  Add(0x2000, 0x2000, Kind::kReserved);
  Add(0x5001, 0xfff);     // Not whole.
  Add(0xa0000, 0x10000);  // Video memory.
  EXPECT_EQ(Find(0, 1), std::unexpected(Error::kNoMemory));
}

}  // namespace
}  // namespace kernel::process
