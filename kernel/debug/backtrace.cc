#include "kernel/debug/backtrace.h"

#include <cstddef>
#include <cstdint>
#include <span>

#include "kernel/base/address.h"

namespace kernel::debug {
namespace {

constexpr Bytes kWord{8};

/// Whether the `count` words at `address` may be read.
bool Readable(const Region& stack, VirtAddr address, std::uint64_t count) {
  return address.value() % kWord.count() == 0 && stack.Contains(address) &&
         stack.end - address >= Bytes(count * kWord.count());
}

std::uint64_t Word(VirtAddr address) {
  // The address was a number of the faulting program's; here it becomes a pointer, once it has been
  // checked.
  return *reinterpret_cast<const std::uint64_t*>(ToPointer(PhysAddr(address.value())));
}

}  // namespace

std::size_t Backtrace(const StackPosition& position, std::span<std::uint64_t> addresses) {
  std::size_t count = 0;
  if (addresses.empty()) return 0;
  addresses[count++] = position.instruction.value();

  if (!position.text.Contains(position.instruction) && count < addresses.size() &&
      Readable(position.stack, position.stack_pointer, 1)) {
    const VirtAddr caller(Word(position.stack_pointer));
    if (position.text.Contains(caller)) addresses[count++] = caller.value();
  }

  VirtAddr frame = position.frame_pointer;
  // A frame: the outer frame's address, then the address to return to.
  while (count < addresses.size() && Readable(position.stack, frame, 2)) {
    const VirtAddr caller(Word(frame + kWord));
    if (!position.text.Contains(caller)) break;
    addresses[count++] = caller.value();
    const VirtAddr outer(Word(frame));
    if (outer <= frame) break;
    frame = outer;
  }
  return count;
}

}  // namespace kernel::debug
