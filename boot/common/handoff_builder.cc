#include "boot/common/handoff_builder.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

using Kind = abi::MemoryRange::Kind;

Kind KindOf(std::uint32_t type) {
  switch (type) {
    case 1:
      return Kind::kUsable;
    case 3:
      return Kind::kAcpi;
    default:
      return Kind::kReserved;
  }
}

/// The sorted ranges of a BootHandoff while they grow. Never two that overlap or that could be one.
class RangeList {
 public:
  explicit RangeList(abi::BootHandoff& handoff) : handoff_(handoff) { handoff_.range_count = 0; }

  /// Adds the parts of [base, end) that no range covers yet.
  Result<void> Fill(std::uint64_t base, std::uint64_t end, Kind kind) {
    std::uint32_t next = 0;
    while (base < end) {
      while (next < handoff_.range_count && End(next) <= base) ++next;
      const bool last = next == handoff_.range_count;
      const std::uint64_t gap_end = last ? end : std::min(end, handoff_.ranges[next].base);
      if (base < gap_end) {
        if (!Insert(next, {base, gap_end - base, kind, 0})) {
          return std::unexpected(Error::kNoSpace);
        }
        base = gap_end;
        if (next > 0) --next;  // The new range may now be part of the one before.
      } else {
        base = End(next);
      }
    }
    return {};
  }

 private:
  std::uint64_t End(std::uint32_t index) const {
    return handoff_.ranges[index].base + handoff_.ranges[index].size;
  }

  /// Whether ranges `index` - 1 and `index` exist, are of one kind and touch.
  bool Touch(std::uint32_t index) const {
    return index > 0 && index < handoff_.range_count &&
           End(index - 1) == handoff_.ranges[index].base &&
           handoff_.ranges[index - 1].kind == handoff_.ranges[index].kind;
  }

  void MergeWithPrevious(std::uint32_t index) {
    handoff_.ranges[index - 1].size += handoff_.ranges[index].size;
    std::copy(&handoff_.ranges[index + 1], &handoff_.ranges[handoff_.range_count],
              &handoff_.ranges[index]);
    --handoff_.range_count;
  }

  /// Returns false when the table is full.
  bool Insert(std::uint32_t index, const abi::MemoryRange& range) {
    if (handoff_.range_count == abi::BootHandoff::kMaxRanges) return false;
    std::copy_backward(&handoff_.ranges[index], &handoff_.ranges[handoff_.range_count],
                       &handoff_.ranges[handoff_.range_count + 1]);
    handoff_.ranges[index] = range;
    ++handoff_.range_count;
    if (Touch(index + 1)) MergeWithPrevious(index + 1);
    if (Touch(index)) MergeWithPrevious(index);
    return true;
  }

  abi::BootHandoff& handoff_;
};

/// `address`, if a text that ends lies there; that of an empty text for 0.
Result<std::uint64_t> FindText(const PhysicalMemory& memory, PhysAddr address) {
  static constinit const char kEmpty[1] = {'\0'};
  if (address == PhysAddr(0)) return reinterpret_cast<std::uintptr_t>(kEmpty);
  std::span<const std::byte> text = memory.ReadableFrom(address);
  if (text.empty()) return std::unexpected(Error::kOutOfRange);
  text = text.first(std::min<std::size_t>(text.size(), kMaxCommandLine.count()));
  if (std::memchr(text.data(), '\0', text.size()) == nullptr) {
    return std::unexpected(Error::kMalformed);
  }
  return address.value();
}

}  // namespace

Result<void> SetMemoryMap(abi::BootHandoff& handoff, std::span<const ForeignRange> map) {
  RangeList ranges(handoff);
  // Strictest kind first: what comes later only fills the gaps.
  for (const Kind kind : {Kind::kReserved, Kind::kAcpi, Kind::kUsable}) {
    for (const ForeignRange& entry : map) {
      if (KindOf(entry.type) != kind) continue;
      if (entry.base + entry.size < entry.base) return std::unexpected(Error::kMalformed);
      if (const Result<void> filled = ranges.Fill(entry.base, entry.base + entry.size, kind);
          !filled) {
        return filled;
      }
    }
  }
  for (std::uint32_t i = 0; i < handoff.range_count; ++i) {
    if (handoff.ranges[i].kind == Kind::kUsable) return {};
  }
  return std::unexpected(Error::kMalformed);
}

Result<void> SetCommandLine(abi::BootHandoff& handoff, const PhysicalMemory& memory,
                            PhysAddr address) {
  const Result<std::uint64_t> text = FindText(memory, address);
  if (!text) return std::unexpected(text.error());
  handoff.command_line = *text;
  return {};
}

Result<void> AddModule(abi::BootHandoff& handoff, const PhysicalMemory& memory, PhysAddr base,
                       Bytes size, PhysAddr command_line) {
  if (handoff.module_count == abi::BootHandoff::kMaxModules) {
    return std::unexpected(Error::kNoSpace);
  }
  if (base + size < base) return std::unexpected(Error::kMalformed);
  const Result<std::uint64_t> text = FindText(memory, command_line);
  if (!text) return std::unexpected(text.error());
  handoff.modules[handoff.module_count++] = {base.value(), size.count(), *text};
  return {};
}

}  // namespace boot
