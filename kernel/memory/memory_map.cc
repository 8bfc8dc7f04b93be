#include "kernel/memory/memory_map.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/check.h"

namespace kernel::memory {
namespace {

// Source: ACPI Specification 6.5, section 5.2.5.3.
constexpr Bytes kRsdpSize{36};

/// The first frame boundary after `hole`, without wrapping at the end of the address space.
PhysAddr EndOf(const Hole& hole) {
  const PhysAddr end = hole.base + hole.size;
  return end < hole.base || end > kEndOfFrames ? kEndOfFrames : end.AlignUp(kPageSize);
}

/// The hole that begins first among those that end after `address`; null if there is none.
const Hole* NextHole(std::span<const Hole> holes, PhysAddr address) {
  const Hole* next = nullptr;
  for (const Hole& hole : holes) {
    if (hole.size == Bytes(0) || EndOf(hole) <= address) continue;
    if (next == nullptr || hole.base < next->base) next = &hole;
  }
  return next;
}

void AddWithoutHoles(PhysAddr base, PhysAddr end, std::span<const Hole> holes,
                     FrameRanges& result) {
  while (base < end) {
    const Hole* const hole = NextHole(holes, base);
    const PhysAddr part_end =
        hole == nullptr ? end : std::min(end, hole->base.AlignDown(kPageSize));
    if (base < part_end) {
      CHECK(result.count < result.ranges.size());
      result.ranges[result.count++] = {base, (part_end - base).count() / kPageSize.count()};
    }
    if (hole == nullptr) return;
    base = std::max(base, EndOf(*hole));
  }
}

}  // namespace

Holes FindHoles(const abi::BootHandoff& handoff, const Hole& image,
                std::string_view (*text_at)(PhysAddr)) {
  Holes found;
  const auto add = [&](PhysAddr base, Bytes size) { found.holes[found.count++] = {base, size}; };
  const auto add_text = [&](std::uint64_t address) {
    add(PhysAddr(address), Bytes(text_at(PhysAddr(address)).size() + 1));
  };
  add(image.base, image.size);
  add(PhysAddr(AddressOf(&handoff).value()), Bytes(sizeof(handoff)));
  add_text(handoff.command_line);
  if (handoff.rsdp != 0) add(PhysAddr(handoff.rsdp), kRsdpSize);
  for (const abi::BootModule& module : std::span(handoff.modules).first(handoff.module_count)) {
    add(PhysAddr(module.base), Bytes(module.size));
    add_text(module.command_line);
  }
  return found;
}

void FindFrames(const abi::BootHandoff& handoff, std::span<const Hole> holes, FrameRanges& result) {
  CHECK(holes.size() <= kMaxHoles);
  result.count = 0;
  for (const abi::MemoryRange& range : std::span(handoff.ranges).first(handoff.range_count)) {
    if (range.kind != abi::MemoryRange::Kind::kUsable) continue;
    const PhysAddr range_end =
        std::min(PhysAddr(range.base) + Bytes(range.size), kEndOfFrames).AlignDown(kPageSize);
    if (PhysAddr(range.base) >= range_end) continue;
    const PhysAddr base = std::max(PhysAddr(range.base).AlignUp(kPageSize), kFirstFrame);
    AddWithoutHoles(base, range_end, holes, result);
  }
}

}  // namespace kernel::memory
