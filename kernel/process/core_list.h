// CoreList: the cores of a machine, as a table of its firmware names them.
#ifndef KERNEL_PROCESS_CORE_LIST_H_
#define KERNEL_PROCESS_CORE_LIST_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "kernel/nucleus/layout.h"

namespace kernel::process {

class CoreList {
 public:
  /// Keeps the id, unless it is there already, cannot be had in xAPIC mode (255 and up) or does not
  /// fit; the last two are counted.
  constexpr void Add(std::uint32_t apic_id) {
    if (apic_id < kNoId && std::ranges::find(ids(), apic_id) != ids().end()) return;
    if (apic_id >= kNoId || count_ == ids_.size()) {
      ++left_out_;
      return;
    }
    ids_[count_++] = static_cast<std::uint8_t>(apic_id);
  }

  /// APIC ids, in the order of the table.
  constexpr std::span<const std::uint8_t> ids() const { return std::span(ids_).first(count_); }
  /// How many more there were.
  constexpr std::uint32_t left_out() const { return left_out_; }

 private:
  static constexpr std::uint32_t kNoId = 0xff;

  std::array<std::uint8_t, NUCLEUS_MAX_CORES> ids_{};
  std::uint32_t count_ = 0;
  std::uint32_t left_out_ = 0;
};

}  // namespace kernel::process

#endif  // KERNEL_PROCESS_CORE_LIST_H_
