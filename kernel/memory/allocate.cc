#include "kernel/memory/allocate.h"

#include <cstddef>
#include <span>
#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/memory/heap.h"
#include "kernel/memory/memory_map.h"
#include "kernel/memory/unit.h"
#include "kernel/nucleus/image_symbols.h"
#include "kernel/nucleus/loader_memory.h"

namespace kernel::memory {
namespace {

[[gnu::section(".bss.hot")]] constinit const abi::BootHandoff* pending_handoff = nullptr;

constinit Heap heap;
constinit Bytes total;

PhysAddr PhysicalOf(const void* object) { return PhysAddr(AddressOf(object).value()); }

std::string_view TextAt(PhysAddr address) {
  return reinterpret_cast<const char*>(nucleus::LoaderMemory(address));
}

[[gnu::cold, gnu::noinline]] void TakeFrames(const abi::BootHandoff& handoff) {
  const Hole image = {PhysicalOf(nucleus_begin), AddressOf(image_end) - AddressOf(nucleus_begin)};
  const Holes holes = FindHoles(handoff, image, TextAt);
  FrameRanges found;
  FindFrames(handoff, holes.view(), found);
  for (const FrameRange& range : std::span(found.ranges).first(found.count)) {
    heap.AddFrames(ToPointer(range.base), range.pages);
  }
  total = Bytes(heap.free_pages() * kPageSize.count());
}

void EnsureFrames() {
  if (pending_handoff == nullptr) return;
  const abi::BootHandoff& handoff = *pending_handoff;
  pending_handoff = nullptr;
  TakeFrames(handoff);
}

}  // namespace

[[gnu::hot]] Result<void> Start(const abi::BootHandoff& handoff) {
  pending_handoff = &handoff;
  return {};
}

Result<void*> Allocate(Bytes size, Bytes alignment) {
  EnsureFrames();
  return heap.Allocate(size, alignment);
}

void Free(void* block) { heap.Free(block); }

Bytes SizeOf(void* block) { return heap.SizeOf(block); }

Result<std::byte*> AllocatePages(std::uint64_t pages) {
  EnsureFrames();
  return heap.AllocatePages(pages);
}

void FreePages(std::byte* first, std::uint64_t pages) { heap.FreePages(first, pages); }

Stats GetStats() {
  EnsureFrames();
  return {Bytes(heap.free_pages() * kPageSize.count()), total};
}

}  // namespace kernel::memory
