// What kernel/start knows of this boot, for whoever needs it later than at the start of its unit.
#ifndef KERNEL_START_HANDOFF_H_
#define KERNEL_START_HANDOFF_H_

#include <cstdint>

#include "kernel/abi/boot_handoff.h"

namespace kernel::start {

/// As every unit was given it when it was started.
const abi::BootHandoff& Handoff();

/// The time-stamp counter when ring 3 was entered.
std::uint64_t FirstTick();

}  // namespace kernel::start

#endif  // KERNEL_START_HANDOFF_H_
