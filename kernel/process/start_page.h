// Where cores can begin: a start-up interrupt names a page below 1 MiB.
#ifndef KERNEL_PROCESS_START_PAGE_H_
#define KERNEL_PROCESS_START_PAGE_H_

#include <span>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/memory/memory_map.h"

namespace kernel::process {

/// The highest page of usable memory below 640 KiB, page 0 excepted, that touches none of `holes`
/// (memory::FindHoles).
///
/// kNoMemory: there is none.
[[nodiscard]] Result<PhysAddr> FindStartPage(const abi::BootHandoff& handoff,
                                             std::span<const memory::Hole> holes);

}  // namespace kernel::process

#endif  // KERNEL_PROCESS_START_PAGE_H_
