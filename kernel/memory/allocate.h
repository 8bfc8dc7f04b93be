// The image's own heap: what everything above allocates from.
#ifndef KERNEL_MEMORY_ALLOCATE_H_
#define KERNEL_MEMORY_ALLOCATE_H_

#include <cstddef>
#include <cstdint>

#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/memory/heap.h"

namespace kernel::memory {

/// As Heap::Allocate. The first call reads the memory map: an image that never allocates never
/// touches it.
[[nodiscard]] Result<void*> Allocate(Bytes size, Bytes alignment = kDefaultAlignment);

/// As Heap::Free.
void Free(void* block);

/// As Heap::SizeOf.
Bytes SizeOf(void* block);

/// As Heap::AllocatePages and FreePages.
[[nodiscard]] Result<std::byte*> AllocatePages(std::uint64_t pages);
void FreePages(std::byte* first, std::uint64_t pages);

/// Bytes of memory not handed out to the heap, and all that the image may use.
struct Stats {
  Bytes free;
  Bytes total;
};
Stats GetStats();

}  // namespace kernel::memory

#endif  // KERNEL_MEMORY_ALLOCATE_H_
