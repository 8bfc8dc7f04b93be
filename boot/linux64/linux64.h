// From the zero page of Linux's 64-bit boot protocol to BootHandoff.
//
// Source: Linux, Documentation/arch/x86/zero-page.rst, by way of kernel/abi/linux_boot.h.
#ifndef BOOT_LINUX64_LINUX64_H_
#define BOOT_LINUX64_LINUX64_H_

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {

/// Reads boot_params at `boot_params` and what it points to. Pure: looks only at `memory`.
///
/// kOutOfRange: a pointer leads out of memory. kMalformed: wrong magic number, command line
/// without end, or a map that makes no sense. kNoSpace: the map is too long.
[[nodiscard]] Result<abi::BootHandoff> FromLinux64(const PhysicalMemory& memory,
                                                   PhysAddr boot_params);

}  // namespace boot

#endif  // BOOT_LINUX64_LINUX64_H_
