#include "kernel/memory/allocate.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <span>

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

/// Everything of the image's and the loader's that still has a reader.
[[gnu::cold, gnu::noinline]] void TakeFrames(const abi::BootHandoff& handoff) {
  const auto* const command_line =
      reinterpret_cast<const char*>(nucleus::LoaderMemory(PhysAddr(handoff.command_line)));
  const std::array<Hole, 3> holes = {{
      {PhysicalOf(nucleus_begin), AddressOf(image_end) - AddressOf(nucleus_begin)},
      {PhysicalOf(&handoff), Bytes(sizeof(handoff))},
      {PhysAddr(handoff.command_line), Bytes(std::strlen(command_line) + 1)},
  }};
  FrameRanges found;
  FindFrames(handoff, holes, found);
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

Result<void> Start(const abi::BootHandoff& handoff) {
  pending_handoff = &handoff;
  return {};
}

Result<void*> Allocate(Bytes size, Bytes alignment) {
  EnsureFrames();
  return heap.Allocate(size, alignment);
}

void Free(void* block) { heap.Free(block); }

Stats GetStats() {
  EnsureFrames();
  return {Bytes(heap.free_pages() * kPageSize.count()), total};
}

}  // namespace kernel::memory
