// From the boot information of a Multiboot2 loader to BootHandoff.
//
// Source: Multiboot2 Specification 2.0, section 3.6, by way of kernel/abi/multiboot.h.
#ifndef BOOT_MULTIBOOT_MULTIBOOT2_H_
#define BOOT_MULTIBOOT_MULTIBOOT2_H_

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {

/// Reads multiboot2::Info at `info` and the tags behind it. Pure: looks only at `memory`.
///
/// kOutOfRange: the information leads out of memory. kMalformed: tags that break out of it or do
/// not end, a command line without end, a module that ends before it begins, or a map that makes no
/// sense. kNotFound: nothing
/// says where RAM is. kNoSpace: the map is too long, or there are too many modules.
[[nodiscard]] Result<abi::BootHandoff> FromMultiboot2(const PhysicalMemory& memory, PhysAddr info);

}  // namespace boot

#endif  // BOOT_MULTIBOOT_MULTIBOOT2_H_
