// The thread pointer: the base of %fs, from which the compiler and the C library reach what each
// thread has for itself.
#ifndef KERNEL_NUCLEUS_THREAD_POINTER_H_
#define KERNEL_NUCLEUS_THREAD_POINTER_H_

#include "kernel/base/address.h"

namespace kernel::nucleus {

/// Sets this core's thread pointer; whoever switches threads sets it again. Any address in the
/// lower half of the address space.
void SetThreadPointer(VirtAddr address);

}  // namespace kernel::nucleus

#endif  // KERNEL_NUCLEUS_THREAD_POINTER_H_
