// Where ring 3 finds what a loader left in memory.
#ifndef KERNEL_NUCLEUS_LOADER_MEMORY_H_
#define KERNEL_NUCLEUS_LOADER_MEMORY_H_

#include <cstddef>

#include "kernel/base/address.h"
#include "kernel/nucleus/layout.h"

namespace kernel::nucleus {

/// RAM that the nucleus maps at its own address.
inline constexpr PhysAddr kFirstMapped{0x1000};
inline constexpr PhysAddr kEndOfMapped{0x40000000};

/// Where physical page 0 can be read; it is not mapped at its own address.
inline const std::byte* FirstPage() { return ToPointer(PhysAddr(NUCLEUS_FIRST_PAGE_WINDOW)); }

/// Where the bytes at `address`, below kEndOfMapped, can be read, up to the end of their page at
/// least.
inline const std::byte* LoaderMemory(PhysAddr address) {
  return address < kFirstMapped ? FirstPage() + address.value() : ToPointer(address);
}

}  // namespace kernel::nucleus

#endif  // KERNEL_NUCLEUS_LOADER_MEMORY_H_
