// A driver whose start takes too long.
#ifndef TESTS_HARNESS_SUBJECTS_SLOW_DRIVER_H_
#define TESTS_HARNESS_SUBJECTS_SLOW_DRIVER_H_

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::devices::slow_driver {

Result<void> Start(const abi::BootHandoff& handoff);

}  // namespace kernel::devices::slow_driver

#endif  // TESTS_HARNESS_SUBJECTS_SLOW_DRIVER_H_
