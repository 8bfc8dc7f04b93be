// Any sound-or-not memory map and holes: FindFrames must end, stay inside usable memory and clear
// of holes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/memory/memory_map.h"

namespace {

using kernel::Bytes;
using kernel::PhysAddr;

// Scales the input's 16-bit numbers, so that ranges meet often, with and without page alignment.
std::uint64_t Scaled(std::uint16_t number) { return std::uint64_t{number} * 0x4111; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::uint16_t> numbers(size / 2);
  if (!numbers.empty()) std::memcpy(numbers.data(), data, numbers.size() * 2);
  std::size_t next = 0;
  const auto take = [&] { return next < numbers.size() ? numbers[next++] : std::uint16_t{0}; };

  std::vector<kernel::memory::Hole> holes(take() % (kernel::memory::kMaxHoles + 1));
  for (auto& hole : holes) hole = {PhysAddr(Scaled(take())), Bytes(Scaled(take()))};
  abi::BootHandoff handoff{};
  std::uint64_t end = 0;
  while (next < numbers.size() && handoff.range_count < abi::BootHandoff::kMaxRanges) {
    const std::uint64_t base = end + Scaled(take() % 256);
    const std::uint64_t range_size = Scaled(take()) + 1;
    const auto kind = static_cast<abi::MemoryRange::Kind>(take() % 3 + 1);
    handoff.ranges[handoff.range_count++] = {base, range_size, kind, 0};
    end = base + range_size;
  }

  kernel::memory::FrameRanges found;
  kernel::memory::FindFrames(handoff, holes, found);
  for (const auto& range : std::span(found.ranges).first(found.count)) {
    const std::uint64_t first = range.base.value();
    const std::uint64_t last = first + range.pages * 4096 - 1;
    bool inside = false;
    for (const auto& usable : std::span(handoff.ranges).first(handoff.range_count)) {
      inside |= usable.kind == abi::MemoryRange::Kind::kUsable && usable.base <= first &&
                last < usable.base + usable.size;
    }
    const bool clear = std::all_of(holes.begin(), holes.end(), [&](const auto& hole) {
      return hole.size == Bytes(0) || hole.base.value() > last ||
             (hole.base + hole.size).value() <= first;
    });
    if (!inside || !clear || range.pages == 0 || first < 0x100000 || last >= 0x40000000) {
      std::abort();
    }
  }
  return 0;
}
