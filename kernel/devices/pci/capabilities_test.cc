#include "kernel/devices/pci/capabilities.h"

#include <cstdint>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/base/result.h"
#include "kernel/devices/pci/config_space.h"
#include "kernel/devices/pci/fake_machine.h"

namespace kernel::devices::pci {
namespace {

class CapabilitiesTest : public testing::Test {
 protected:
  CapabilitiesTest() : function_(machine_.Add(0, 0)), config_(&machine_), io_(config_, {}) {
    function_.At(0x04) = 0x100000;
    function_.At(0x34) = 0x40;
    function_.At(0x40) = 0x00005009;  // Vendor's own, next at 0x50.
    function_.At(0x50) = 0x00020011;  // MSI-X, 3 vectors, the last.
    function_.At(0x54) = 0x00002001;
    function_.At(0x58) = 0x00003004;
  }

  Result<void> Collect() {
    return ForEachCapability(io_, [&](const Capability& capability) {
      ids_.push_back(capability.id());
      return true;
    });
  }

  FakeMachine machine_;
  FakeFunction& function_;
  FakeConfig config_;
  FunctionIo<FakeConfig> io_;
  std::vector<int> ids_;
};

TEST_F(CapabilitiesTest, AreVisitedInOrder) {
  ASSERT_TRUE(Collect());
  EXPECT_EQ(ids_, (std::vector<int>{kVendorCapability, kMsixCapability}));
}

TEST_F(CapabilitiesTest, AreNotLookedForWhereTheStatusSaysThereAreNone) {
  function_.At(0x04) = 0;
  ASSERT_TRUE(Collect());
  EXPECT_TRUE(ids_.empty());
}

TEST_F(CapabilitiesTest, AListThatRunsInACircleIsAnError) {
  function_.At(0x50) = 0x00024011;
  EXPECT_EQ(Collect().error(), Error::kMalformed);
  EXPECT_LE(ids_.size(), 48u);
}

TEST_F(CapabilitiesTest, AListThatLeavesItsAreaIsAnError) {
  function_.At(0x40) = 0x00000409;
  EXPECT_EQ(Collect().error(), Error::kMalformed);
  function_.At(0x34) = 0x3c;
  EXPECT_EQ(Collect().error(), Error::kMalformed);
}

TEST_F(CapabilitiesTest, AFunctionOfAllOnesIsAnError) {
  function_.words.fill(0xffffffff);
  EXPECT_EQ(Collect().error(), Error::kMalformed);
}

TEST_F(CapabilitiesTest, MsixTellsWhereItsTableLies) {
  const Result<Msix> msix = ReadMsix(io_);
  ASSERT_TRUE(msix);
  EXPECT_EQ(msix->capability, 0x50);
  EXPECT_EQ(msix->vectors, 3);
  EXPECT_EQ(msix->table_bar, 1);
  EXPECT_EQ(msix->table_offset, 0x2000u);
  EXPECT_EQ(msix->pending_bar, 4);
  EXPECT_EQ(msix->pending_offset, 0x3000u);
}

TEST_F(CapabilitiesTest, MsixMayBeMissingOrWrong) {
  function_.At(0x54) = 0x00002006;  // There is no BAR 6.
  EXPECT_EQ(ReadMsix(io_).error(), Error::kMalformed);
  function_.At(0x40) = 0x00000009;
  EXPECT_EQ(ReadMsix(io_).error(), Error::kNotFound);
}

}  // namespace
}  // namespace kernel::devices::pci
