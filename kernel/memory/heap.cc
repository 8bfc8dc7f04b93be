#include "kernel/memory/heap.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <new>

#include "kernel/base/address.h"
#include "kernel/base/check.h"
#include "kernel/base/result.h"
#include "kernel/memory/frame_allocator.h"

namespace kernel::memory {
namespace {

constexpr std::uint64_t kPage = kPageSize.count();

// Tell the two kinds of header apart, and both from what they are not.
constexpr std::uint32_t kSlabMagic = 0x62616c53;
constexpr std::uint32_t kRunMagic = 0x6e755220;

// Before a block of frames that begins on a page boundary.
constexpr std::uint64_t kRunHeaderSize = 64;

// No machine has more; it keeps sums of sizes from wrapping.
constexpr Bytes kLargest{std::uint64_t{1} << 46};

struct FreeBlock {
  FreeBlock* next;
};

/// A block never begins on a page boundary unless it is a run with a large alignment, whose header
/// is before it.
std::byte* HeaderOf(void* block) {
  const std::uint64_t offset = AddressOf(block).value() % kPage;
  return static_cast<std::byte*>(block) - (offset == 0 ? kRunHeaderSize : offset);
}

}  // namespace

/// At the start of the frame that it describes.
struct Heap::Slab {
  std::uint32_t magic;
  std::uint16_t size_class;
  std::uint16_t used;   // Blocks handed out.
  std::uint16_t fresh;  // Offset of the first block that was never handed out.
  Slab* next;
  Slab* previous;
  FreeBlock* free;

  std::uint16_t block_size() const { return kClassSizes[size_class]; }
  bool full() const { return free == nullptr && fresh + block_size() > static_cast<int>(kPage); }

  static std::uint16_t FirstBlock(std::uint16_t size) {
    const auto alignment = static_cast<std::uint16_t>(size & -size);
    return static_cast<std::uint16_t>((sizeof(Slab) + alignment - 1) / alignment * alignment);
  }
};

struct Heap::Run {
  std::uint32_t magic;
  std::byte* first;
  std::uint64_t pages;
};

std::size_t Heap::ClassFor(Bytes size, Bytes alignment) {
  std::size_t index = 0;
  while (index < kClassSizes.size() &&
         (kClassSizes[index] < size.count() || kClassSizes[index] % alignment.count() != 0)) {
    ++index;
  }
  return index;
}

Result<void*> Heap::Allocate(Bytes size, Bytes alignment) {
  if (!std::has_single_bit(alignment.count())) return std::unexpected(Error::kInvalidArgument);
  if (size > kLargest || alignment > kLargest) return std::unexpected(Error::kNoMemory);
  const std::size_t size_class = ClassFor(size, alignment);
  if (size_class < kClassSizes.size()) return AllocateSmall(size_class);
  return AllocateLarge(size, alignment);
}

void Heap::Free(void* block) {
  if (block == nullptr) return;
  std::byte* const header = HeaderOf(block);
  const std::uint32_t magic = *reinterpret_cast<std::uint32_t*>(header);
  if (magic == kSlabMagic) {
    FreeSmall(reinterpret_cast<Slab*>(header), block);
    return;
  }
  CHECK(magic == kRunMagic);
  Run* const run = reinterpret_cast<Run*>(header);
  run->magic = 0;
  frames_.Free(run->first, run->pages);
}

Bytes Heap::SizeOf(void* block) const {
  std::byte* const header = HeaderOf(block);
  if (*reinterpret_cast<std::uint32_t*>(header) == kSlabMagic) {
    return Bytes(reinterpret_cast<Slab*>(header)->block_size());
  }
  const Run* const run = reinterpret_cast<Run*>(header);
  CHECK(run->magic == kRunMagic);
  const Bytes before = AddressOf(block) - AddressOf(run->first);
  return Bytes(run->pages * kPage) - before;
}

void Heap::Link(Slab* slab) {
  Slab*& head = partial_[slab->size_class];
  slab->previous = nullptr;
  slab->next = head;
  if (head != nullptr) head->previous = slab;
  head = slab;
}

void Heap::Unlink(Slab* slab) {
  (slab->previous == nullptr ? partial_[slab->size_class] : slab->previous->next) = slab->next;
  if (slab->next != nullptr) slab->next->previous = slab->previous;
}

Result<Heap::Slab*> Heap::AddSlab(std::size_t size_class) {
  const Result<std::byte*> frame = frames_.Allocate(1);
  if (!frame) return std::unexpected(frame.error());
  Slab* const slab = new (*frame) Slab{.magic = kSlabMagic,
                                       .size_class = static_cast<std::uint16_t>(size_class),
                                       .used = 0,
                                       .fresh = Slab::FirstBlock(kClassSizes[size_class]),
                                       .next = nullptr,
                                       .previous = nullptr,
                                       .free = nullptr};
  Link(slab);
  return slab;
}

Result<void*> Heap::AllocateSmall(std::size_t size_class) {
  Slab* slab = partial_[size_class];
  if (slab == nullptr) {
    const Result<Slab*> added = AddSlab(size_class);
    if (!added) return std::unexpected(added.error());
    slab = *added;
  }
  void* block = slab->free;
  if (block != nullptr) {
    slab->free = slab->free->next;
  } else {
    block = reinterpret_cast<std::byte*>(slab) + slab->fresh;
    slab->fresh = static_cast<std::uint16_t>(slab->fresh + slab->block_size());
  }
  ++slab->used;
  if (slab->full()) Unlink(slab);
  return block;
}

void Heap::FreeSmall(Slab* slab, void* block) {
  const auto offset = static_cast<std::uint16_t>(AddressOf(block).value() % kPage);
  const std::uint16_t first = Slab::FirstBlock(slab->block_size());
  CHECK(slab->used > 0);
  CHECK(offset >= first && offset < slab->fresh && (offset - first) % slab->block_size() == 0);

  if (slab->full()) Link(slab);
  slab->free = new (block) FreeBlock{slab->free};
  --slab->used;
  // One empty slab stays, or a lone block that comes and goes would take a frame each time.
  const bool alone = slab->previous == nullptr && slab->next == nullptr;
  if (slab->used == 0 && !alone) {
    Unlink(slab);
    slab->magic = 0;
    frames_.Free(reinterpret_cast<std::byte*>(slab), 1);
  }
}

Result<void*> Heap::AllocateLarge(Bytes size, Bytes alignment) {
  const std::uint64_t align = std::max(alignment.count(), kRunHeaderSize);
  // From a frame boundary to the first fit for header and alignment it is at most `align`, then the
  // block.
  const std::uint64_t pages = (align + size.count() + kPage - 1) / kPage;
  const Result<std::byte*> first = frames_.Allocate(pages);
  if (!first) return std::unexpected(first.error());
  const std::uint64_t base = AddressOf(*first).value();
  const std::uint64_t offset = (base + kRunHeaderSize + align - 1) / align * align - base;
  std::byte* const block = *first + offset;
  new (HeaderOf(block)) Run{.magic = kRunMagic, .first = *first, .pages = pages};
  return block;
}

}  // namespace kernel::memory
