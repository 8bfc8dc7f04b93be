// Heap: memory of any size, from page frames.
//
// Up to 2016 bytes a block comes from a slab: one frame of blocks of one size class. Larger ones
// are runs of frames. Either way the header that Free needs lies at a place that the pointer alone
// tells.
#ifndef KERNEL_MEMORY_HEAP_H_
#define KERNEL_MEMORY_HEAP_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/memory/frame_allocator.h"

namespace kernel::memory {

/// What every block has at least; enough for any fundamental type.
inline constexpr Bytes kDefaultAlignment{16};

/// Owned by one core. Blocks up to the largest class take constant time.
class Heap {
 public:
  constexpr Heap() = default;
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  /// Takes `pages` frames from `first` on, to be used from now on.
  void AddFrames(std::byte* first, std::uint64_t pages) { frames_.Free(first, pages); }

  /// Frames that hold no block.
  std::uint64_t free_pages() const { return frames_.free_pages(); }

  /// A block of at least `size` bytes, not cleared, at a multiple of `alignment`, a power of two.
  ///
  /// A size of 0 gives a block too. kNoMemory: there is none. kInvalidArgument: no power of two.
  [[nodiscard]] Result<void*> Allocate(Bytes size, Bytes alignment = kDefaultAlignment);

  /// Takes back a block of Allocate; null does nothing. A foreign or freed pointer is CHECKed where
  /// that is cheap.
  void Free(void* block);

  /// Bytes that may be used from a block of Allocate on: those asked for, or more.
  Bytes SizeOf(void* block) const;

  /// As of FrameAllocator: whole frames without a header, for whoever knows what it took.
  [[nodiscard]] Result<std::byte*> AllocatePages(std::uint64_t pages) {
    return frames_.Allocate(pages);
  }
  void FreePages(std::byte* first, std::uint64_t pages) { frames_.Free(first, pages); }

 private:
  // Each size's lowest set bit is the alignment that its blocks have.
  static constexpr std::array<std::uint16_t, 14> kClassSizes = {
      16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1344, 2016};

  struct Slab;
  struct Run;

  static std::size_t ClassFor(Bytes size, Bytes alignment);
  Result<Slab*> AddSlab(std::size_t size_class);
  void Unlink(Slab* slab);
  void Link(Slab* slab);
  Result<void*> AllocateSmall(std::size_t size_class);
  Result<void*> AllocateLarge(Bytes size, Bytes alignment);
  void FreeSmall(Slab* slab, void* block);

  FrameAllocator frames_;
  // Slabs with at least one free block.
  std::array<Slab*, kClassSizes.size()> partial_{};
};

}  // namespace kernel::memory

#endif  // KERNEL_MEMORY_HEAP_H_
