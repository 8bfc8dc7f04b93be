// What the nucleus leaves about the fault that it hands up. For Ring3Fault (kernel/debug).
#ifndef KERNEL_NUCLEUS_FAULT_FRAME_H_
#define KERNEL_NUCLEUS_FAULT_FRAME_H_

#include <cstdint>

#include "kernel/nucleus/layout.h"

namespace kernel::nucleus {

/// From the top of the nucleus's stack down: what the processor pushed, then what fault.S did.
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
};
static_assert(sizeof(FaultFrame) == 72);

/// The fault that brought the core to Ring3Fault; of no meaning elsewhere.
inline const FaultFrame& PendingFault() {
  constexpr std::uintptr_t kWindowEnd = NUCLEUS_FAULT_WINDOW + (NUCLEUS_STACK_TOP - NUCLEUS_DATA);
  return *reinterpret_cast<const FaultFrame*>(kWindowEnd - sizeof(FaultFrame));
}

}  // namespace kernel::nucleus

#endif  // KERNEL_NUCLEUS_FAULT_FRAME_H_
