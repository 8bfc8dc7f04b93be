#include "kernel/memory/memory_map.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"

namespace kernel::memory {
namespace {

using Kind = abi::MemoryRange::Kind;
using Row = std::tuple<std::uint64_t, std::uint64_t>;

abi::BootHandoff Handoff(std::initializer_list<abi::MemoryRange> ranges) {
  abi::BootHandoff handoff{};
  std::copy(ranges.begin(), ranges.end(), handoff.ranges);
  handoff.range_count = static_cast<std::uint32_t>(ranges.size());
  return handoff;
}

std::vector<Row> Find(const abi::BootHandoff& handoff, std::span<const Hole> holes) {
  FrameRanges found;
  FindFrames(handoff, holes, found);
  std::vector<Row> rows(found.count);
  for (std::size_t i = 0; i < found.count; ++i) {
    rows[i] = {found.ranges[i].base.value(), found.ranges[i].pages};
  }
  return rows;
}

TEST(FindFrames, TakesUsableMemoryBetweenItsBounds) {
  const abi::BootHandoff handoff = Handoff({{0, 0x9fc00, Kind::kUsable, 0},
                                            {0x100000, 0x100000, Kind::kUsable, 0},
                                            {0x200000, 0x1000, Kind::kAcpi, 0},
                                            {0x3ffff000, 0x10000000, Kind::kUsable, 0},
                                            {0x100000000, 0x1000000, Kind::kUsable, 0}});
  EXPECT_EQ(Find(handoff, {}), (std::vector<Row>{{0x100000, 256}, {0x3ffff000, 1}}));
}

TEST(FindFrames, AFrameThatIsNotWhollyUsableIsLeftOut) {
  const abi::BootHandoff handoff =
      Handoff({{0x100001, 0x2fff, Kind::kUsable, 0}, {0x200000, 0xfff, Kind::kUsable, 0}});
  EXPECT_EQ(Find(handoff, {}), (std::vector<Row>{{0x101000, 2}}));
}

TEST(FindFrames, HolesAreRoundedOutwards) {
  const abi::BootHandoff handoff = Handoff({{0x100000, 0x10000, Kind::kUsable, 0}});
  const std::array<Hole, 3> holes = {{{PhysAddr(0x10a7ff), Bytes(2)},
                                      {PhysAddr(0x100000), Bytes(0x1001)},
                                      {PhysAddr(0x105000), Bytes(0)}}};
  EXPECT_EQ(Find(handoff, holes), (std::vector<Row>{{0x102000, 8}, {0x10b000, 5}}));
}

TEST(FindFrames, AHoleToTheEndOfTheAddressSpaceDoesNotWrap) {
  const abi::BootHandoff handoff = Handoff({{0x100000, 0x10000, Kind::kUsable, 0}});
  const std::array<Hole, 1> holes = {{{PhysAddr(0x104000), Bytes(~0ull)}}};
  EXPECT_EQ(Find(handoff, holes), (std::vector<Row>{{0x100000, 4}}));
}

std::string_view FakeText(PhysAddr address) {
  return address == PhysAddr(0x104fff) ? "x" : std::string_view();
}

// As a loader leaves things right behind the image, in memory that it reports as usable.
TEST(FindHoles, NobodyAllocatesOverWhatTheLoaderLeft) {
  abi::BootHandoff handoff = Handoff({{0x100000, 0x10000, Kind::kUsable, 0}});
  handoff.command_line = 0x104fff;
  handoff.rsdp = 0x107fe0;
  handoff.module_count = 2;
  handoff.modules[0] = {0x10a000, 0x1001, 0x10d000};
  handoff.modules[1] = {0x104000, 0, 0x104fff};
  const Holes holes = FindHoles(handoff, {PhysAddr(0x100000), Bytes(0x2008)}, FakeText);
  EXPECT_EQ(Find(handoff, holes.view()),
            (std::vector<Row>{
                {0x103000, 1}, {0x106000, 1}, {0x109000, 1}, {0x10c000, 1}, {0x10e000, 2}}));
}

TEST(FindHoles, AFullHandoffFitsItsTables) {
  abi::BootHandoff handoff{};
  while (handoff.range_count < abi::BootHandoff::kMaxRanges) {
    handoff.ranges[handoff.range_count] = {0x100000 + handoff.range_count * 0x10000ull, 0x8000,
                                           Kind::kUsable, 0};
    ++handoff.range_count;
  }
  handoff.rsdp = 0x101000;
  while (handoff.module_count < abi::BootHandoff::kMaxModules) {
    const std::uint64_t base = 0x111000 + handoff.module_count * 0x10000ull;
    handoff.modules[handoff.module_count++] = {base, 1, base + 0x2000};
  }
  const Holes holes = FindHoles(handoff, {PhysAddr(0x103000), Bytes(1)}, FakeText);
  EXPECT_EQ(holes.count, kMaxHoles);
  // Each hole but those of handoff and command line, which lie elsewhere, takes a frame from the
  // middle of a range.
  EXPECT_EQ(Find(handoff, holes.view()).size(), abi::BootHandoff::kMaxRanges + kMaxHoles - 2);
}

// Against a model: for each frame, whether it may be handed out.
TEST(FindFrames, AgreesWithAMapFrameByFrame) {
  std::mt19937_64 random(1);
  constexpr std::uint64_t kBase = 0xf0000;  // So that some frames lie below 1 MiB.
  constexpr std::uint64_t kFrames = 96;
  for (int round = 0; round < 3000; ++round) {
    abi::BootHandoff handoff{};
    std::array<bool, kFrames> model{};
    std::uint64_t end = kBase;
    while (handoff.range_count < 8) {
      const std::uint64_t base = end + random() % 0x8000;
      const std::uint64_t size = random() % 0x10000 + 1;
      end = base + size;
      if (end > kBase + kFrames * 4096) break;
      const Kind kind = random() % 4 == 0 ? Kind::kReserved : Kind::kUsable;
      handoff.ranges[handoff.range_count++] = {base, size, kind, 0};
      for (std::uint64_t i = 0; i < kFrames; ++i) {
        const std::uint64_t frame = kBase + i * 4096;
        if (kind == Kind::kUsable && frame >= 0x100000 && frame >= base && frame + 4096 <= end) {
          model[i] = true;
        }
      }
    }
    std::vector<Hole> holes(random() % (kMaxHoles + 1));
    for (Hole& hole : holes) {
      hole = {PhysAddr(kBase + random() % (kFrames * 4096)), Bytes(random() % 0x6000)};
      for (std::uint64_t i = 0; i < kFrames; ++i) {
        const std::uint64_t frame = kBase + i * 4096;
        if (hole.size != Bytes(0) && hole.base.value() < frame + 4096 &&
            (hole.base + hole.size).value() > frame) {
          model[i] = false;
        }
      }
    }
    std::array<bool, kFrames> got{};
    std::uint64_t previous_end = 0;
    for (const auto& [base, pages] : Find(handoff, holes)) {
      ASSERT_GT(pages, 0u);
      ASSERT_GE(base, previous_end);
      previous_end = base + pages * 4096;
      for (std::uint64_t page = 0; page < pages; ++page) got[(base - kBase) / 4096 + page] = true;
    }
    ASSERT_EQ(got, model);
  }
}

}  // namespace
}  // namespace kernel::memory
