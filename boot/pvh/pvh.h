// From a PVH loader's start-of-day structures to BootHandoff.
//
// Source: Xen, public/arch-x86/hvm/start_info.h, by way of kernel/abi/pvh.h.
#ifndef BOOT_PVH_PVH_H_
#define BOOT_PVH_PVH_H_

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {

/// Reads hvm_start_info at `start_info` and what it points to. Pure: looks only at `memory`.
///
/// kOutOfRange: a pointer leads out of memory. kMalformed: wrong magic number, command line without
/// end, or a map that makes no sense. kNotSupported: version 0, which has no memory map. kNoSpace:
/// the map is too long, or there are too many modules.
[[nodiscard]] Result<abi::BootHandoff> FromPvh(const PhysicalMemory& memory, PhysAddr start_info);

}  // namespace boot

#endif  // BOOT_PVH_PVH_H_
