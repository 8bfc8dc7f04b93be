// malloc and its kind, on the image's own heap: the one that new and delete use.
//
// Source: ISO C23, 7.24.3; POSIX.1-2017, posix_memalign. The names with __libc_ are musl 1.2.3's
// own (src/include/stdlib.h), which its library calls by: all are here, so that the linker takes
// nothing of musl's allocator.
#include <malloc.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/memory/allocate.h"

namespace {

using kernel::Bytes;

void* AllocateOrNull(std::size_t size, std::size_t alignment) {
  const kernel::Result<void*> block = kernel::memory::Allocate(Bytes(size), Bytes(alignment));
  if (block) return *block;
  errno = block.error() == kernel::Error::kNoMemory ? ENOMEM : EINVAL;
  return nullptr;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) {
  return AllocateOrNull(size, kernel::memory::kDefaultAlignment.count());
}

void free(void* block) { kernel::memory::Free(block); }

void* calloc(std::size_t count, std::size_t size) {
  std::size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  void* const block = malloc(bytes);
  if (block != nullptr) std::memset(block, 0, bytes);
  return block;
}

void* realloc(void* block, std::size_t size) {
  if (block == nullptr) return malloc(size);
  const std::size_t usable = kernel::memory::SizeOf(block).count();
  // Stays where it is unless that would waste more than half.
  if (size <= usable && size >= usable / 2) return block;
  void* const moved = malloc(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, block, std::min(size, usable));
  free(block);
  return moved;
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return AllocateOrNull(size, std::max(alignment, kernel::memory::kDefaultAlignment.count()));
}

void* memalign(std::size_t alignment, std::size_t size) { return aligned_alloc(alignment, size); }

int posix_memalign(void** result, std::size_t alignment, std::size_t size) {
  if (!std::has_single_bit(alignment) || alignment % sizeof(void*) != 0) return EINVAL;
  void* const block = aligned_alloc(alignment, size);
  if (block == nullptr) return ENOMEM;
  *result = block;
  return 0;
}

std::size_t malloc_usable_size(void* block) {
  return block == nullptr ? 0 : kernel::memory::SizeOf(block).count();
}

[[gnu::alias("malloc")]] void* __libc_malloc(std::size_t size);
[[gnu::alias("malloc")]] void* __libc_malloc_impl(std::size_t size);
[[gnu::alias("calloc")]] void* __libc_calloc(std::size_t count, std::size_t size);
[[gnu::alias("realloc")]] void* __libc_realloc(void* block, std::size_t size);
[[gnu::alias("free")]] void __libc_free(void* block);

}  // extern "C"
