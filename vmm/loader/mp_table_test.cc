#include "vmm/loader/mp_table.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "boot/common/physical_memory.h"
#include "kernel/process/mp_table.h"
#include "vmm/layout.h"

namespace vmm {
namespace {

class MpTableTest : public testing::Test {
 protected:
  // What our own kernel makes of it.
  kernel::Result<kernel::process::CoreList> Read() const {
    const std::array<boot::Window, 1> windows = {
        {{boot::PhysAddr(0), std::as_bytes(std::span(memory_.mapping()))}}};
    return kernel::process::CoresByMpTable(boot::PhysicalMemory(windows));
  }

  GuestMemory memory_ = GuestMemory::Create(Bytes(0x100000), Pages::kNormal).value();
};

TEST_F(MpTableTest, NamesEveryProcessor) {
  ASSERT_TRUE(WriteMpTable(4, memory_).has_value());
  const auto cores = Read();
  ASSERT_TRUE(cores.has_value()) << kernel::ErrorName(cores.error());
  EXPECT_EQ(std::vector<unsigned>(cores->ids().begin(), cores->ids().end()),
            (std::vector<unsigned>{0, 1, 2, 3}));
}

TEST_F(MpTableTest, HasRoomForAll) {
  ASSERT_TRUE(WriteMpTable(layout::kMaxCpus, memory_).has_value());
  const auto cores = Read();
  ASSERT_TRUE(cores.has_value()) << kernel::ErrorName(cores.error());
  EXPECT_EQ(cores->ids().size() + cores->left_out(), layout::kMaxCpus);
}

}  // namespace
}  // namespace vmm
