#include "kernel/base/address.h"

#include <type_traits>

#include "gtest/gtest.h"

namespace kernel {
namespace {

static_assert(!std::is_convertible_v<PhysAddr, VirtAddr>);
static_assert(!std::is_convertible_v<unsigned long, PhysAddr>);
static_assert(sizeof(PhysAddr) == 8);

TEST(Address, ArithmeticKeepsKindsApart) {
  const PhysAddr base(0x1000);
  EXPECT_EQ(base + Bytes(0x234), PhysAddr(0x1234));
  EXPECT_EQ(PhysAddr(0x1234) - base, Bytes(0x234));
  EXPECT_EQ(PhysAddr(0x1234) - Bytes(0x34), PhysAddr(0x1200));
  EXPECT_LT(base, PhysAddr(0x1001));
}

TEST(Address, AlignsToBothSides) {
  EXPECT_EQ(PhysAddr(0x1001).AlignDown(kPageSize), PhysAddr(0x1000));
  EXPECT_EQ(PhysAddr(0x1001).AlignUp(kPageSize), PhysAddr(0x2000));
  EXPECT_EQ(PhysAddr(0x2000).AlignUp(kPageSize), PhysAddr(0x2000));
  EXPECT_EQ(PhysAddr(0).AlignUp(kPageSize), PhysAddr(0));
}

}  // namespace
}  // namespace kernel
