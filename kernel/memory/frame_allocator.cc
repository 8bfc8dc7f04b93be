#include "kernel/memory/frame_allocator.h"

#include <cstddef>
#include <cstdint>
#include <expected>

#include "kernel/base/address.h"
#include "kernel/base/check.h"
#include "kernel/base/result.h"

namespace kernel::memory {

FrameAllocator::Run* FrameAllocator::End(Run* run) {
  return reinterpret_cast<Run*>(reinterpret_cast<std::byte*>(run) + run->pages * kPageSize.count());
}

Result<std::byte*> FrameAllocator::Allocate(std::uint64_t pages) {
  CHECK(pages > 0);
  for (Run** link = &first_; *link != nullptr; link = &(*link)->next) {
    Run* const run = *link;
    if (run->pages < pages) continue;
    free_pages_ -= pages;
    // From the end, so that the node stays where it is.
    run->pages -= pages;
    if (run->pages == 0) *link = run->next;
    return reinterpret_cast<std::byte*>(run) + run->pages * kPageSize.count();
  }
  return std::unexpected(Error::kNoMemory);
}

void FrameAllocator::Free(std::byte* first, std::uint64_t pages) {
  CHECK(pages > 0);
  CHECK(AddressOf(first) == AddressOf(first).AlignDown(kPageSize));
  Run* const run = reinterpret_cast<Run*>(first);
  Run* before = nullptr;
  Run* after = first_;
  while (after != nullptr && after < run) {
    before = after;
    after = after->next;
  }
  // Freed twice, or never ours.
  CHECK(before == nullptr || End(before) <= run);
  run->pages = pages;
  CHECK(after == nullptr || End(run) <= after);

  free_pages_ += pages;
  run->next = after;
  if (after != nullptr && End(run) == after) {
    run->pages += after->pages;
    run->next = after->next;
  }
  if (before == nullptr) {
    first_ = run;
  } else if (End(before) == run) {
    before->pages += run->pages;
    before->next = run->next;
  } else {
    before->next = run;
  }
}

}  // namespace kernel::memory
