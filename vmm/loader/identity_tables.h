// Descriptor table and page tables for guests that are entered in 64-bit mode.
#ifndef VMM_LOADER_IDENTITY_TABLES_H_
#define VMM_LOADER_IDENTITY_TABLES_H_

#include "vmm/base/result.h"
#include "vmm/memory/guest_memory.h"

namespace vmm {

/// Writes a GDT at layout::kGdt with flat 64-bit code at kLinuxCode and data at kLinuxData, and
/// page tables at layout::kPageTables that map 4 GiB one to one, writable and executable.
[[nodiscard]] Result<void> WriteIdentityTables(GuestMemory& memory);

/// Linux's __BOOT_CS and __BOOT_DS: the 64-bit boot protocol names them.
inline constexpr std::uint16_t kLinuxCode = 0x10;
inline constexpr std::uint16_t kLinuxData = 0x18;
inline constexpr std::uint16_t kGdtLimit = 4 * 8 - 1;

}  // namespace vmm

#endif  // VMM_LOADER_IDENTITY_TABLES_H_
