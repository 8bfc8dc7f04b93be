// A driver that keeps the handoff, so that tests reach what only a driver's Start is given.
#ifndef TESTS_KERNEL_DEVICES_HANDOFF_H_
#define TESTS_KERNEL_DEVICES_HANDOFF_H_

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::devices::handoff {

Result<void> Start(const abi::BootHandoff& handoff);

/// The handoff of this boot.
const abi::BootHandoff& Get();

}  // namespace kernel::devices::handoff

#endif  // TESTS_KERNEL_DEVICES_HANDOFF_H_
