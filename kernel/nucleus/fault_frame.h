// What the nucleus leaves about the fault that it hands up. For Ring3Fault (kernel/debug).
#ifndef KERNEL_NUCLEUS_FAULT_FRAME_H_
#define KERNEL_NUCLEUS_FAULT_FRAME_H_

#include <cstdint>

#include "kernel/nucleus/image_symbols.h"
#include "kernel/nucleus/layout.h"

namespace kernel::nucleus {

/// Written by fault.S.
struct FaultFrame {
  std::uint64_t cr2;  // The address touched; of meaning for vector 14 only.
  std::uint64_t rax;
  std::uint64_t vector;
  std::uint64_t error;  // 0 for vectors without an error code.
  std::uint64_t rip;
  std::uint64_t cs;
  std::uint64_t rflags;
  std::uint64_t rsp;
  std::uint64_t ss;
  std::uint64_t core;  // An address in the core's page: see CoreOf.
};
static_assert(sizeof(FaultFrame) == 80);

/// The fault that brought the core to Ring3Fault; of no meaning elsewhere.
inline const FaultFrame& PendingFault() {
  const std::uintptr_t frame = reinterpret_cast<std::uintptr_t>(fault_frame);
  return *reinterpret_cast<const FaultFrame*>(frame - NUCLEUS_DATA + NUCLEUS_FAULT_WINDOW);
}

/// The number of the core on which the fault came.
inline std::uint32_t CoreOf(const FaultFrame& fault) {
  const std::uintptr_t pages = reinterpret_cast<std::uintptr_t>(core_pages_begin);
  if (fault.core < pages) return 0;
  return static_cast<std::uint32_t>((fault.core - pages) / CORE_PAGE_SIZE) + 1;
}

}  // namespace kernel::nucleus

#endif  // KERNEL_NUCLEUS_FAULT_FRAME_H_
