// The order of life of an image.
#ifndef KERNEL_START_KERNEL_MAIN_H_
#define KERNEL_START_KERNEL_MAIN_H_

#include "kernel/abi/boot_handoff.h"

namespace kernel::start {

/// What KernelMain was given, from its first moment on.
extern const abi::BootHandoff* boot_handoff;

/// Starts the units, calls the constructors and main, and ends the machine with main's result.
///
/// `handoff` lives as long as the image does.
[[noreturn]] void KernelMain(const abi::BootHandoff& handoff);

}  // namespace kernel::start

#endif  // KERNEL_START_KERNEL_MAIN_H_
