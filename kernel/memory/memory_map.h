// From the boot handoff to the page frames that the image may use.
#ifndef KERNEL_MEMORY_MEMORY_MAP_H_
#define KERNEL_MEMORY_MEMORY_MAP_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

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

inline constexpr std::size_t kMaxHoles = 8;
inline constexpr std::size_t kMaxFrameRanges = abi::BootHandoff::kMaxRanges + kMaxHoles;

/// The result of FindFrames, ascending; no two ranges overlap and none is empty.
struct FrameRanges {
  std::array<FrameRange, kMaxFrameRanges> ranges;
  std::size_t count = 0;
};

/// All frames that lie wholly in usable memory, between kFirstFrame and kEndOfFrames, and touch no
/// hole.
///
/// `holes` are at most kMaxHoles, in any order; they may overlap.
void FindFrames(const abi::BootHandoff& handoff, std::span<const Hole> holes, FrameRanges& result);

}  // namespace kernel::memory

#endif  // KERNEL_MEMORY_MEMORY_MAP_H_
