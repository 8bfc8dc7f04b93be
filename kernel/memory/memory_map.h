// From the boot handoff to the page frames that the image may use.
#ifndef KERNEL_MEMORY_MEMORY_MAP_H_
#define KERNEL_MEMORY_MEMORY_MAP_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"

namespace kernel::memory {

/// Whole page frames: [base, base + pages * kPageSize).
struct FrameRange {
  PhysAddr base;
  std::uint64_t pages = 0;
};

/// A run of bytes that must not be handed out.
struct Hole {
  PhysAddr base;
  Bytes size;
};

/// Below 1 MiB lie the loader's and the firmware's structures; from 1 GiB on the nucleus maps no
/// RAM.
inline constexpr PhysAddr kFirstFrame{0x100000};
inline constexpr PhysAddr kEndOfFrames{0x40000000};

/// Image, handoff, command line and RSDP; and of each module its bytes and its command line.
inline constexpr std::size_t kMaxHoles = 4 + 2 * abi::BootHandoff::kMaxModules;
inline constexpr std::size_t kMaxFrameRanges = abi::BootHandoff::kMaxRanges + kMaxHoles;

/// The result of FindFrames, ascending; no two ranges overlap and none is empty.
struct FrameRanges {
  std::array<FrameRange, kMaxFrameRanges> ranges;
  std::size_t count = 0;
};

/// The holes of one boot, in no order.
struct Holes {
  std::array<Hole, kMaxHoles> holes;
  std::size_t count = 0;

  std::span<const Hole> view() const { return std::span(holes).first(count); }
};

/// What nobody may allocate over: `image`, `handoff` itself and all that it names, for as long as
/// the image runs.
///
/// `text_at` gives the text, with a NUL behind it, at an address that `handoff` names.
Holes FindHoles(const abi::BootHandoff& handoff, const Hole& image,
                std::string_view (*text_at)(PhysAddr));

/// All frames that lie wholly in usable memory, between kFirstFrame and kEndOfFrames, and touch no
/// hole.
///
/// `holes` are at most kMaxHoles, in any order; they may overlap.
void FindFrames(const abi::BootHandoff& handoff, std::span<const Hole> holes, FrameRanges& result);

}  // namespace kernel::memory

#endif  // KERNEL_MEMORY_MEMORY_MAP_H_
