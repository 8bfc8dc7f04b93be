#include "boot/common/handoff_builder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "boot/common/physical_memory.h"
#include "boot/common/test_memory.h"
#include "gtest/gtest.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

using Kind = abi::MemoryRange::Kind;
using Row = std::tuple<std::uint64_t, std::uint64_t, Kind>;

std::vector<Row> Rows(const abi::BootHandoff& handoff) {
  std::vector<Row> rows;
  rows.reserve(handoff.range_count);
  for (std::uint32_t i = 0; i < handoff.range_count; ++i) {
    rows.emplace_back(handoff.ranges[i].base, handoff.ranges[i].size, handoff.ranges[i].kind);
  }
  return rows;
}

TEST(SetMemoryMap, SortsAndJoinsRangesThatTouch) {
  abi::BootHandoff handoff{};
  const std::array<ForeignRange, 4> map = {
      {{0x3000, 0x1000, 1}, {0x8000, 0x1000, 3}, {0x1000, 0x1000, 1}, {0x2000, 0x1000, 1}}};
  ASSERT_TRUE(SetMemoryMap(handoff, map));
  EXPECT_EQ(Rows(handoff),
            (std::vector<Row>{{0x1000, 0x3000, Kind::kUsable}, {0x8000, 0x1000, Kind::kAcpi}}));
}

TEST(SetMemoryMap, TheStricterKindWinsWhereEntriesOverlap) {
  abi::BootHandoff handoff{};
  const std::array<ForeignRange, 3> map = {
      {{0x0, 0x10000, 1}, {0x4000, 0x4000, 3}, {0x6000, 0x4000, 2}}};
  ASSERT_TRUE(SetMemoryMap(handoff, map));
  EXPECT_EQ(Rows(handoff), (std::vector<Row>{{0x0, 0x4000, Kind::kUsable},
                                             {0x4000, 0x2000, Kind::kAcpi},
                                             {0x6000, 0x4000, Kind::kReserved},
                                             {0xa000, 0x6000, Kind::kUsable}}));
}

TEST(SetMemoryMap, UnknownTypesAreReservedAndEmptyEntriesVanish) {
  abi::BootHandoff handoff{};
  const std::array<ForeignRange, 3> map = {
      {{0x1000, 0x1000, 1}, {0x5000, 0, 1}, {0x9000, 0x1000, 77}}};
  ASSERT_TRUE(SetMemoryMap(handoff, map));
  EXPECT_EQ(Rows(handoff),
            (std::vector<Row>{{0x1000, 0x1000, Kind::kUsable}, {0x9000, 0x1000, Kind::kReserved}}));
}

TEST(SetMemoryMap, RefusesAMapThatMakesNoSense) {
  abi::BootHandoff handoff{};
  EXPECT_EQ(SetMemoryMap(handoff, {}).error(), Error::kMalformed);
  const std::array<ForeignRange, 1> only_reserved = {{{0, 0x1000, 2}}};
  EXPECT_EQ(SetMemoryMap(handoff, only_reserved).error(), Error::kMalformed);
  const std::array<ForeignRange, 1> wraps = {{{~std::uint64_t{0xfff}, 0x2000, 1}}};
  EXPECT_EQ(SetMemoryMap(handoff, wraps).error(), Error::kMalformed);
}

TEST(SetMemoryMap, TakesAsManyRangesAsThereIsRoomForAndNoMore) {
  std::vector<ForeignRange> map(abi::BootHandoff::kMaxRanges);
  for (std::uint64_t i = 0; i < map.size(); ++i) map[i] = {i << 20, 0x1000, 1};
  abi::BootHandoff handoff{};
  ASSERT_TRUE(SetMemoryMap(handoff, map));
  EXPECT_EQ(handoff.range_count, abi::BootHandoff::kMaxRanges);
  map.push_back({1ull << 40, 0x1000, 1});
  EXPECT_EQ(SetMemoryMap(handoff, map).error(), Error::kNoSpace);
}

// Against a model: one kind for each page, the strictest of the entries that cover it.
TEST(SetMemoryMap, AgreesWithAMapPageByPage) {
  std::mt19937 random(1);
  constexpr std::uint64_t kPages = 64;
  for (int round = 0; round < 2000; ++round) {
    std::vector<ForeignRange> map;
    std::array<int, kPages + 1> model{};  // 0 none, 1 usable, 2 ACPI, 3 reserved.
    const auto count = random() % 12 + 1;
    for (unsigned i = 0; i < count; ++i) {
      const std::uint64_t base = random() % kPages;
      const std::uint64_t size = random() % (kPages - base + 1);
      const std::uint32_t type = std::array{1u, 1u, 3u, 2u}[random() % 4];
      map.push_back({base << 12, size << 12, type});
      const int rank = type == 1 ? 1 : type == 3 ? 2 : 3;
      for (std::uint64_t page = base; page < base + size; ++page) {
        model[page] = std::max(model[page], rank);
      }
    }
    abi::BootHandoff handoff{};
    handoff.command_line = 1;
    std::array<int, kPages + 1> got{};
    const bool usable = std::find(model.begin(), model.end(), 1) != model.end();
    ASSERT_EQ(SetMemoryMap(handoff, map).has_value(), usable);
    if (!usable) continue;
    ASSERT_TRUE(IsSound(handoff));
    for (const auto& [base, size, kind] : Rows(handoff)) {
      for (std::uint64_t page = base >> 12; page < (base + size) >> 12; ++page) {
        got[page] = kind == Kind::kUsable ? 1 : kind == Kind::kAcpi ? 2 : 3;
      }
    }
    ASSERT_EQ(got, model);
    for (std::uint32_t i = 1; i < handoff.range_count; ++i) {
      const abi::MemoryRange& left = handoff.ranges[i - 1];
      const abi::MemoryRange& right = handoff.ranges[i];
      EXPECT_FALSE(left.kind == right.kind && left.base + left.size == right.base);
    }
  }
}

TEST(SetCommandLine, PointsToTheLoadersTextOrToAnEmptyOne) {
  TestMemory memory(0x2000);
  memory.PutText(0x1000, "a b");
  abi::BootHandoff handoff{};
  ASSERT_TRUE(SetCommandLine(handoff, memory.view(), PhysAddr(0x1000)));
  EXPECT_EQ(handoff.command_line, 0x1000u);
  ASSERT_TRUE(SetCommandLine(handoff, memory.view(), PhysAddr(0)));
  EXPECT_EQ(*kernel::ToPointer(PhysAddr(handoff.command_line)), std::byte{0});
}

TEST(SetCommandLine, RefusesTextThatDoesNotEndOrIsNotThere) {
  TestMemory memory(0x20000);
  memory.PutText(0x1000, std::string(0x10000, 'x'));
  abi::BootHandoff handoff{};
  EXPECT_EQ(SetCommandLine(handoff, memory.view(), PhysAddr(0x1000)).error(), Error::kMalformed);
  EXPECT_TRUE(SetCommandLine(handoff, memory.view(), PhysAddr(0x1001)));
  EXPECT_EQ(SetCommandLine(handoff, memory.view(), PhysAddr(0x20000)).error(), Error::kOutOfRange);
  EXPECT_EQ(SetCommandLine(handoff, memory.view(), PhysAddr(~0ull)).error(), Error::kOutOfRange);
}

TEST(AddModule, KeepsTheLoadersOrder) {
  TestMemory memory(0x4000);
  memory.PutText(0x1000, "words");
  abi::BootHandoff handoff{};
  ASSERT_TRUE(AddModule(handoff, memory.view(), PhysAddr(0x3000), Bytes(0x1000), PhysAddr(0x1000)));
  ASSERT_TRUE(AddModule(handoff, memory.view(), PhysAddr(0x2000), Bytes(1), PhysAddr(0)));
  ASSERT_EQ(handoff.module_count, 2u);
  EXPECT_EQ(handoff.modules[0].base, 0x3000u);
  EXPECT_EQ(handoff.modules[0].size, 0x1000u);
  EXPECT_EQ(handoff.modules[0].command_line, 0x1000u);
  EXPECT_EQ(handoff.modules[1].base, 0x2000u);
  EXPECT_EQ(*kernel::ToPointer(PhysAddr(handoff.modules[1].command_line)), std::byte{0});
}

TEST(AddModule, RefusesAModuleThatWrapsAndACommandLineThatIsNotThere) {
  TestMemory memory(0x4000);
  abi::BootHandoff handoff{};
  const auto add = [&](std::uint64_t base, std::uint64_t size, std::uint64_t text) {
    return AddModule(handoff, memory.view(), PhysAddr(base), Bytes(size), PhysAddr(text)).error();
  };
  EXPECT_EQ(add(0x3000, ~std::uint64_t{0}, 0), Error::kMalformed);
  EXPECT_EQ(add(0x3000, 0x1000, 0x4000), Error::kOutOfRange);
  EXPECT_EQ(handoff.module_count, 0u);
}

TEST(AddModule, TakesAsManyAsThereIsRoomForAndNoMore) {
  TestMemory memory(0x2000);
  abi::BootHandoff handoff{};
  for (std::uint32_t i = 0; i < abi::BootHandoff::kMaxModules; ++i) {
    ASSERT_TRUE(AddModule(handoff, memory.view(), PhysAddr(0x1000), Bytes(1), PhysAddr(0)));
  }
  EXPECT_EQ(AddModule(handoff, memory.view(), PhysAddr(0x1000), Bytes(1), PhysAddr(0)).error(),
            Error::kNoSpace);
}

TEST(PhysicalMemory, ReadsInsideOnly) {
  const std::array<std::byte, 16> bytes{};
  const std::array<std::byte, 4> others{std::byte{7}};
  const std::array<Window, 2> windows = {{{PhysAddr(0x1000), bytes}, {PhysAddr(0x10), others}}};
  const PhysicalMemory memory(windows);
  EXPECT_TRUE(memory.Read(PhysAddr(0x1000), Bytes(16)));
  EXPECT_EQ(memory.Read(PhysAddr(0x10), Bytes(4))->front(), std::byte{7});
  EXPECT_FALSE(memory.Read(PhysAddr(0x12), Bytes(4)));
  EXPECT_FALSE(memory.Read(PhysAddr(0x1000), Bytes(17)));
  EXPECT_FALSE(memory.Read(PhysAddr(0xfff), Bytes(1)));
  EXPECT_FALSE(memory.Read(PhysAddr(0x1008), Bytes(~0ull)));
  EXPECT_EQ(memory.ReadableFrom(PhysAddr(0x100f)).size(), 1u);
  EXPECT_TRUE(memory.ReadableFrom(PhysAddr(0)).empty());
}

}  // namespace
}  // namespace boot
