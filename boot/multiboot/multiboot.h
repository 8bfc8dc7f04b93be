// From the boot information of a Multiboot loader to BootHandoff.
//
// Source: Multiboot Specification 0.6.96, section 3.3, by way of kernel/abi/multiboot.h.
#ifndef BOOT_MULTIBOOT_MULTIBOOT_H_
#define BOOT_MULTIBOOT_MULTIBOOT_H_

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {

/// Reads multiboot::Info at `info` and what it points to. Pure: looks only at `memory`.
///
/// Most loaders begin command lines, the image's and modules', with the name of the file; that word
/// is left out, but for loaders that leave it out themselves (GRUB 2, Limine).
///
/// kOutOfRange: a pointer leads out of memory. kMalformed: a command line without end, a
/// module that ends before it begins, or a map that makes no sense. kNotFound: nothing says where
/// RAM is. kNoSpace: the map is too long, or there are too many modules.
[[nodiscard]] Result<abi::BootHandoff> FromMultiboot(const PhysicalMemory& memory, PhysAddr info);

}  // namespace boot

#endif  // BOOT_MULTIBOOT_MULTIBOOT_H_
