// operator new for programs whose start counts: the first few KiB come out of .bss.
//
// The C library's malloc makes four system calls before it gives anything, 20 us of a start of 600;
// what describes most machines is smaller than the arena here. Only the monitor links this.
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <new>

namespace {

constexpr std::size_t kArenaSize = 16 << 10;
constexpr std::size_t kAlignment = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

alignas(kAlignment) constinit std::byte arena[kArenaSize];
// Bytes given away; what is deleted is not given again.
constinit std::atomic<std::size_t> used = 0;

bool IsOfArena(const void* memory) {
  return !std::less<>()(memory, arena) && std::less<>()(memory, arena + kArenaSize);
}

// Null when the arena has no room.
void* OfArena(std::size_t size) {
  if (size > kArenaSize) return nullptr;
  const std::size_t room = (size + kAlignment - 1) & ~(kAlignment - 1);
  std::size_t begin = used.load(std::memory_order_relaxed);
  do {
    if (room > kArenaSize - begin) return nullptr;
  } while (!used.compare_exchange_weak(begin, begin + room, std::memory_order_relaxed));
  return arena + begin;
}

}  // namespace

void* operator new(std::size_t size) {
  // Two objects never share an address.
  if (size == 0) size = 1;
  void* memory = OfArena(size);
  if (memory == nullptr) memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  return memory;
}

void operator delete(void* memory) noexcept {
  if (!IsOfArena(memory)) std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
