#include "kernel/process/start_page.h"

#include <algorithm>
#include <cstdint>
#include <expected>
#include <span>

namespace kernel::process {
namespace {

constexpr std::uint64_t kEndOfBaseMemory = 0xa0000;

bool TouchesAny(std::span<const memory::Hole> holes, std::uint64_t page) {
  return std::ranges::any_of(holes, [page](const memory::Hole& hole) {
    return hole.base.value() < page + kPageSize.count() &&
           page < hole.base.value() + hole.size.count();
  });
}

bool IsUsable(const abi::BootHandoff& handoff, std::uint64_t page) {
  for (const abi::MemoryRange& range : std::span(handoff.ranges).first(handoff.range_count)) {
    if (range.kind == abi::MemoryRange::Kind::kUsable && range.base <= page &&
        page + kPageSize.count() <= range.base + range.size) {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<PhysAddr> FindStartPage(const abi::BootHandoff& handoff,
                               std::span<const memory::Hole> holes) {
  const std::uint64_t size = kPageSize.count();
  for (std::uint64_t page = kEndOfBaseMemory - size; page != 0; page -= size) {
    if (IsUsable(handoff, page) && !TouchesAny(holes, page)) return PhysAddr(page);
  }
  return std::unexpected(Error::kNoMemory);
}

}  // namespace kernel::process
