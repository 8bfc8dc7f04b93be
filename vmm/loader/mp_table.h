// The MP table, by which guests that are not entered directly learn of their processors.
//
// Source: MultiProcessor Specification 1.4, section 4.
#ifndef VMM_LOADER_MP_TABLE_H_
#define VMM_LOADER_MP_TABLE_H_

#include <cstdint>

#include "vmm/base/result.h"
#include "vmm/memory/guest_memory.h"

namespace vmm {

/// Writes pointer and table (layout::kMpPointer, kMpTable) for `cpus` processors, 1 to
/// layout::kMaxCpus, with APIC ids from 0 on; the first is the one that boots.
[[nodiscard]] Result<void> WriteMpTable(std::uint32_t cpus, GuestMemory& memory);

}  // namespace vmm

#endif  // VMM_LOADER_MP_TABLE_H_
