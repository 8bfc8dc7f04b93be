#include "boot/uefi/memory_map.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "boot/uefi/firmware.h"
#include "boot/uefi/test_map.h"
#include "kernel/abi/linux_boot.h"

namespace boot::uefi {
namespace {

using abi::linux_boot::E820Entry;

constexpr std::uint64_t kMiB = 0x100000;

MemoryMap MapOf(const TestMap& map) {
  return *MemoryMap::From(map.bytes(), TestMap::kDescriptorSize);
}

Range Of(std::uint64_t begin, std::uint64_t end) { return {PhysAddr(begin), PhysAddr(end)}; }

/// "base+size:type" of each entry, in MiB.
std::string E820Of(const TestMap& map) {
  std::array<E820Entry, 16> entries;
  const auto count = MapOf(map).ToE820(entries);
  if (!count) return std::string(kernel::ErrorName(count.error()));
  std::string text;
  for (const E820Entry& entry : std::span(entries).first(*count)) {
    text += (text.empty() ? "" : " ") + std::to_string(entry.base / kMiB) + "+" +
            std::to_string(entry.size / kMiB) + ":" + std::to_string(entry.type);
  }
  return text;
}

TEST(MemoryMapTest, EachTypeOfMemory) {
  TestMap map;
  // Apart from each other, so that none merges.
  for (std::uint32_t type = 0; type < 16; ++type) {
    map.Add(static_cast<MemoryType>(type), type * 2 * kMiB, (type * 2 + 1) * kMiB);
  }
  EXPECT_EQ(E820Of(map),
            "0+1:2 2+1:1 4+1:1 6+1:1 8+1:1 10+1:2 12+1:2 14+1:1 16+1:2 18+1:3 20+1:2 22+1:2 "
            "24+1:2 26+1:2 28+1:2 30+1:2");
}

TEST(MemoryMapTest, NeighboursOfOneKindBecomeOne) {
  TestMap map;
  map.Add(MemoryType::kBootServicesCode, 0, kMiB)
      .Add(MemoryType::kConventional, kMiB, 2 * kMiB)
      .Add(MemoryType::kLoaderData, 2 * kMiB, 3 * kMiB)
      .Add(MemoryType::kRuntimeServicesData, 3 * kMiB, 4 * kMiB)
      .Add(MemoryType::kMappedIo, 4 * kMiB, 6 * kMiB)
      .Add(MemoryType::kConventional, 7 * kMiB, 8 * kMiB);
  EXPECT_EQ(E820Of(map), "0+3:1 3+3:2 7+1:1");
}

TEST(MemoryMapTest, AnyOrder) {
  TestMap map;
  map.Add(MemoryType::kConventional, 5 * kMiB, 6 * kMiB)
      .Add(MemoryType::kAcpiReclaim, kMiB, 2 * kMiB)
      .Add(MemoryType::kConventional, 4 * kMiB, 5 * kMiB)
      .Add(MemoryType::kReserved, 0, kMiB);
  EXPECT_EQ(E820Of(map), "0+1:2 1+1:3 4+2:1");
}

TEST(MemoryMapTest, WhatOverlapsStaysForTheTranslatorToJudge) {
  TestMap map;
  map.Add(MemoryType::kConventional, 0, 4 * kMiB)
      .Add(MemoryType::kConventional, kMiB, 2 * kMiB)
      .Add(MemoryType::kReserved, 3 * kMiB, 5 * kMiB)
      .Add(MemoryType::kConventional, 3 * kMiB, 6 * kMiB);
  EXPECT_EQ(E820Of(map), "0+4:1 3+2:2 3+3:1");
}

TEST(MemoryMapTest, MemoryThatTheFirmwareKeepsIsReservedWhateverItsType) {
  TestMap map;
  map.Add(MemoryType::kConventional, 0, kMiB, kMemorySpecificPurpose)
      .Add(MemoryType::kBootServicesData, 2 * kMiB, 3 * kMiB, kMemoryRuntime)
      .Add(MemoryType::kConventional, 4 * kMiB, 5 * kMiB, 0xf);
  EXPECT_EQ(E820Of(map), "0+1:2 2+1:2 4+1:1");
}

TEST(MemoryMapTest, TooManyPartsAreAnError) {
  TestMap map;
  for (std::uint64_t i = 0; i < 17; ++i) {
    map.Add(MemoryType::kConventional, 2 * i * kMiB, (2 * i + 1) * kMiB);
  }
  EXPECT_EQ(E820Of(map), "no space");
}

TEST(MemoryMapTest, RefusesWhatCannotBe) {
  TestMap good;
  good.Add(MemoryType::kConventional, 0, kMiB);
  const auto bytes = good.bytes();
  constexpr std::size_t kSize = TestMap::kDescriptorSize;
  EXPECT_TRUE(MemoryMap::From(bytes, kSize));
  EXPECT_FALSE(MemoryMap::From(bytes, 0)) << "descriptors of no size";
  EXPECT_FALSE(MemoryMap::From(bytes, 39)) << "descriptors too short";
  EXPECT_FALSE(MemoryMap::From(bytes, kSize + 1)) << "not a whole descriptor";
  EXPECT_FALSE(MemoryMap::From(bytes.first(47), kSize)) << "a truncated descriptor";
  EXPECT_FALSE(MemoryMap::From({}, kSize)) << "an empty map";

  const auto with = [](std::uint64_t begin, std::uint64_t pages) {
    const auto map = TestMap().AddRaw({MemoryType::kConventional, 0, begin, 0, pages, 0});
    return MemoryMap::From(map.bytes(), kSize).has_value();
  };
  EXPECT_TRUE(with(0x1000, 1));
  EXPECT_FALSE(with(0x1001, 1)) << "not at a page";
  EXPECT_FALSE(with(0x1000, 0)) << "no pages";
  EXPECT_FALSE(with(0x1000, ~0ULL)) << "a size beyond 64 bits";
  EXPECT_FALSE(with(0xffff'ffff'ffff'f000, 1)) << "wraps around";
  EXPECT_FALSE(with(0x1000, 1ULL << 52)) << "a size that becomes 0";
}

TEST(MemoryMapTest, UsableIsWhatIsRamThroughout) {
  TestMap map;
  map.Add(MemoryType::kConventional, 2 * kMiB, 3 * kMiB)
      .Add(MemoryType::kBootServicesData, kMiB, 2 * kMiB)
      .Add(MemoryType::kRuntimeServicesCode, 3 * kMiB, 4 * kMiB)
      .Add(MemoryType::kConventional, 5 * kMiB, 8 * kMiB)
      .Add(MemoryType::kReserved, 6 * kMiB, 6 * kMiB + 4096);
  const MemoryMap memory = MapOf(map);
  EXPECT_TRUE(memory.IsUsable(Of(kMiB, 3 * kMiB))) << "two touching parts";
  EXPECT_FALSE(memory.IsUsable(Of(kMiB, 3 * kMiB + 1))) << "runs into the firmware's";
  EXPECT_FALSE(memory.IsUsable(Of(kMiB - 1, 2 * kMiB))) << "begins where nothing is";
  EXPECT_FALSE(memory.IsUsable(Of(7 * kMiB, 8 * kMiB + 1))) << "ends where nothing is";
  EXPECT_FALSE(memory.IsUsable(Of(5 * kMiB, 7 * kMiB))) << "a reserved page lies over it";
  EXPECT_TRUE(memory.IsUsable(Of(7 * kMiB, 8 * kMiB)));
}

TEST(MemoryMapTest, FindsTheHighestFreePages) {
  TestMap map;
  map.Add(MemoryType::kConventional, 0, 4096 * 4)
      .Add(MemoryType::kConventional, kMiB, 4 * kMiB)
      .Add(MemoryType::kBootServicesData, 4 * kMiB, 8 * kMiB)
      .Add(MemoryType::kConventional, 16 * kMiB, 17 * kMiB, kMemorySpecificPurpose);
  const MemoryMap memory = MapOf(map);
  const PhysAddr all(~0ULL);
  const Range none = Of(0, 0);
  const auto begin = [](std::optional<Range> range) { return range ? range->begin.value() : 0; };
  EXPECT_EQ(begin(memory.FindFree(Bytes(0x1000), all, none)), 4 * kMiB - 0x1000);
  EXPECT_EQ(begin(memory.FindFree(Bytes(3 * kMiB), all, none)), kMiB);
  EXPECT_FALSE(memory.FindFree(Bytes(3 * kMiB + 0x1000), all, none));
  // A limit inside a part, also one inside a page.
  EXPECT_EQ(begin(memory.FindFree(Bytes(0x1000), PhysAddr(2 * kMiB + 1), none)), 2 * kMiB - 0x1000);
  // Around what is to be avoided.
  EXPECT_EQ(begin(memory.FindFree(Bytes(0x1000), all, Of(2 * kMiB, 4 * kMiB))), 2 * kMiB - 0x1000);
  EXPECT_EQ(begin(memory.FindFree(Bytes(0x1000), all, Of(kMiB, 4 * kMiB - 0x1001))),
            4 * kMiB - 0x1000);
  // Page 0 is nobody's: a null pointer must not be somewhere.
  EXPECT_EQ(begin(memory.FindFree(Bytes(0x3000), all, Of(kMiB, 4 * kMiB))), 0x1000u);
  EXPECT_FALSE(memory.FindFree(Bytes(0x4000), all, Of(kMiB, 4 * kMiB)));
}

}  // namespace
}  // namespace boot::uefi
