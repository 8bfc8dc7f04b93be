// FrameAllocator: runs of page frames.
//
// First fit over a list of free runs in order of address; each run's node lies in its own first
// frame, so memory that is never used is never touched. Time grows with the number of free runs:
// the heap above asks rarely.
#ifndef KERNEL_MEMORY_FRAME_ALLOCATOR_H_
#define KERNEL_MEMORY_FRAME_ALLOCATOR_H_

#include <cstddef>
#include <cstdint>

#include "kernel/base/result.h"

namespace kernel::memory {

/// Owned by one core. Frames are named by the pointer through which the image reaches them.
class FrameAllocator {
 public:
  constexpr FrameAllocator() = default;
  FrameAllocator(const FrameAllocator&) = delete;
  FrameAllocator& operator=(const FrameAllocator&) = delete;

  /// The first of `pages` frames in a row, 1 or more; not cleared. kNoMemory: no run is that long.
  [[nodiscard]] Result<std::byte*> Allocate(std::uint64_t pages);

  /// Takes frames: back from Allocate, whole or in part, or for the first time.
  void Free(std::byte* first, std::uint64_t pages);

  /// Frames that are free now.
  std::uint64_t free_pages() const { return free_pages_; }

 private:
  struct Run {
    Run* next;
    std::uint64_t pages;
  };

  static Run* End(Run* run);

  Run* first_ = nullptr;
  std::uint64_t free_pages_ = 0;
};

}  // namespace kernel::memory

#endif  // KERNEL_MEMORY_FRAME_ALLOCATOR_H_
