// Backtrace: the return addresses of a stack, by its chain of frame pointers.
#ifndef KERNEL_DEBUG_BACKTRACE_H_
#define KERNEL_DEBUG_BACKTRACE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "kernel/base/address.h"

namespace kernel::debug {

/// [begin, end).
struct Region {
  VirtAddr begin;
  VirtAddr end;

  constexpr bool Contains(VirtAddr address) const { return begin <= address && address < end; }
};

/// Where the walk starts, and what it may read and believe.
struct StackPosition {
  VirtAddr instruction;
  VirtAddr stack_pointer;
  VirtAddr frame_pointer;
  Region stack;  // Readable as a whole.
  Region text;
};

/// Fills `addresses` with the instruction, then return addresses from the innermost out; returns
/// how many.
///
/// Reads only aligned words inside the stack, and ends at the first frame that is not farther out
/// than the one before or that returns to something that is no text: a broken chain gives a short
/// answer, never a fault. Where the instruction is not in text (a call of a bad pointer), the word
/// at the stack pointer is the caller.
std::size_t Backtrace(const StackPosition& position, std::span<std::uint64_t> addresses);

}  // namespace kernel::debug

#endif  // KERNEL_DEBUG_BACKTRACE_H_
