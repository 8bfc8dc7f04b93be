// The global operators new and delete of an image, on its heap. Linked when a program uses them.
//
// There are no exceptions to throw: a program that cannot live without the memory ends by CHECK,
// one that can uses new (std::nothrow) or kernel::memory::Allocate.
#include <cstddef>
#include <new>

#include "kernel/base/address.h"
#include "kernel/base/check.h"
#include "kernel/memory/allocate.h"

namespace {

void* AllocateOrNull(std::size_t size, std::size_t alignment) {
  const kernel::Result<void*> block =
      kernel::memory::Allocate(kernel::Bytes(size), kernel::Bytes(alignment));
  return block ? *block : nullptr;
}

void* AllocateOrEnd(std::size_t size, std::size_t alignment) {
  void* const block = AllocateOrNull(size, alignment);
  if (block == nullptr) {
    kernel::CheckFailed("operator new: out of memory; boot with more (--memory)");
  }
  return block;
}

}  // namespace

void* operator new(std::size_t size) {
  return AllocateOrEnd(size, kernel::memory::kDefaultAlignment.count());
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return AllocateOrEnd(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return operator new(size, alignment);
}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return AllocateOrNull(size, kernel::memory::kDefaultAlignment.count());
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return operator new(size, std::nothrow);
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return AllocateOrNull(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return operator new(size, alignment, std::nothrow);
}

void operator delete(void* block) noexcept { kernel::memory::Free(block); }
void operator delete[](void* block) noexcept { kernel::memory::Free(block); }
void operator delete(void* block, std::size_t) noexcept { kernel::memory::Free(block); }
void operator delete[](void* block, std::size_t) noexcept { kernel::memory::Free(block); }
void operator delete(void* block, std::align_val_t) noexcept { kernel::memory::Free(block); }
void operator delete[](void* block, std::align_val_t) noexcept { kernel::memory::Free(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  kernel::memory::Free(block);
}
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept {
  kernel::memory::Free(block);
}
