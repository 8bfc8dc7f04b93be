// AddressWindow: a range of addresses, of ports or memory, out of which ranges are handed out.
#ifndef KERNEL_DEVICES_PCI_ADDRESS_WINDOW_H_
#define KERNEL_DEVICES_PCI_ADDRESS_WINDOW_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>

#include "kernel/base/result.h"

namespace kernel::devices::pci {

/// Nothing is given back. Numbers, because ports and memory are both handed out like this.
class AddressWindow {
 public:
  constexpr AddressWindow() = default;
  constexpr AddressWindow(std::uint64_t begin, std::uint64_t end) : begin_(begin), end_(end) {}

  /// Whether all of [base, base + size) lies within the window.
  constexpr bool Contains(std::uint64_t base, std::uint64_t size) const {
    return base >= begin_ && base <= end_ && size <= end_ - base;
  }

  constexpr bool empty() const { return begin_ == end_; }

  /// Never hands out any of [base, base + size), which need not lie within the window. kNoSpace:
  /// more ranges than can be kept.
  [[nodiscard]] Result<void> Reserve(std::uint64_t base, std::uint64_t size) {
    const std::uint64_t limit = size > ~base ? ~std::uint64_t{0} : base + size;
    if (base >= end_ || limit <= begin_) return {};
    if (count_ == taken_.size()) return std::unexpected(Error::kNoSpace);
    taken_[count_++] = {base, limit};
    return {};
  }

  /// A range of `size` bytes, a power of two, at a multiple of its size. kNoSpace: there is none.
  [[nodiscard]] Result<std::uint64_t> Take(std::uint64_t size) {
    std::uint64_t base = begin_;
    for (bool moved = true; moved;) {
      base = (base + size - 1) & ~(size - 1);
      if (!Contains(base, size)) return std::unexpected(Error::kNoSpace);
      moved = false;
      for (const Range& range : std::span(taken_).first(count_)) {
        if (base >= range.end || base + size <= range.begin) continue;
        base = range.end;
        moved = true;
      }
    }
    if (const Result<void> reserved = Reserve(base, size); !reserved) {
      return std::unexpected(reserved.error());
    }
    return base;
  }

 private:
  struct Range {
    std::uint64_t begin;
    std::uint64_t end;
  };

  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
  std::size_t count_ = 0;
  std::array<Range, 128> taken_{};
};

}  // namespace kernel::devices::pci

#endif  // KERNEL_DEVICES_PCI_ADDRESS_WINDOW_H_
