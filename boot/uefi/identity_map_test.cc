#include "boot/uefi/identity_map.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

namespace boot::uefi {
namespace {

Range Of(std::uint64_t begin, std::uint64_t end) { return {PhysAddr(begin), PhysAddr(end)}; }

/// Where the tables lead from `address`, as the processor walks them; ~0 where nothing is mapped.
std::uint64_t Walk(const IdentityMap& map, std::uint64_t address) {
  std::uint64_t entry = map.root().value() | 3;
  for (const unsigned shift : {39, 30, 21}) {
    if ((entry & 3) != 3) return ~0ULL;
    entry = reinterpret_cast<const PageTable*>(entry & ~0xfffULL)->entries[address >> shift & 511];
  }
  if ((entry & 0x83) != 0x83) return ~0ULL;
  return (entry & ~0xfffULL) + (address & 0x1fffff);
}

TEST(IdentityMapTest, MapsWhatWasAddedAndNothingElse) {
  std::array<PageTable, 5> tables;
  for (PageTable& table : tables) table.entries.fill(~0ULL);
  IdentityMap map(tables);
  constexpr std::uint64_t kHigh = 0x7f1234567000;
  ASSERT_TRUE(map.Add(Of(0, 0x40000000)));
  ASSERT_TRUE(map.Add(Of(kHigh, kHigh + 0x15000)));
  for (const std::uint64_t mapped : {std::uint64_t{0}, std::uint64_t{0x100000},
                                     std::uint64_t{0x3fffffff}, kHigh, kHigh + 0x14fff}) {
    EXPECT_EQ(Walk(map, mapped), mapped);
  }
  EXPECT_EQ(Walk(map, 0x40000000), ~0ULL);
  EXPECT_EQ(Walk(map, kHigh + 0x200000), ~0ULL);
}

TEST(IdentityMapTest, ARangeMayCrossEveryBorder) {
  // 512 GiB: another entry of the root, so two tables of each kind.
  constexpr std::uint64_t kBorder = 1ULL << 39;
  std::array<PageTable, 5> tables;
  IdentityMap map(tables);
  ASSERT_TRUE(map.Add(Of(kBorder - 1, kBorder + 1)));
  EXPECT_EQ(Walk(map, kBorder - 1), kBorder - 1);
  EXPECT_EQ(Walk(map, kBorder), kBorder);
}

TEST(IdentityMapTest, SaysWhenTablesRunOut) {
  std::array<PageTable, 3> tables;
  IdentityMap map(tables);
  EXPECT_TRUE(map.Add(Of(0, 0x40000000)));
  EXPECT_EQ(map.Add(Of(0x40000000, 0x40000001)).error(), Error::kNoSpace);
  std::array<PageTable, 1> root;
  EXPECT_EQ(IdentityMap(root).Add(Of(0, 1)).error(), Error::kNoSpace);
}

}  // namespace
}  // namespace boot::uefi
