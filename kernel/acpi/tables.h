// ACPI's static tables: from the RSDP to the one that a caller wants, checked.
//
// Source: ACPI 6.5, sections 5.2.5 (RSDP), 5.2.6 (table header), 5.2.7 (RSDT), 5.2.8 (XSDT).
#ifndef KERNEL_ACPI_TABLES_H_
#define KERNEL_ACPI_TABLES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "boot/common/physical_memory.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::acpi {

/// Bytes of the header that every table begins with.
inline constexpr std::size_t kHeaderSize = 36;

/// Looks for the RSDP where a BIOS puts it, for loaders that do not tell (BootHandoff::rsdp is 0).
///
/// kNotFound: there is none, or that memory cannot be read.
[[nodiscard]] Result<PhysAddr> FindRsdp(const boot::PhysicalMemory& memory);

/// The whole table with a signature of four characters, such as "MCFG"; the first if there are
/// several. Valid as long as `memory` is.
///
/// kNotFound: there is none. kMalformed: lengths or checksums are wrong on the way to it.
/// kOutOfRange: a table lies where it cannot be read.
[[nodiscard]] Result<std::span<const std::byte>> FindTable(const boot::PhysicalMemory& memory,
                                                           PhysAddr rsdp,
                                                           std::string_view signature);

}  // namespace kernel::acpi

#endif  // KERNEL_ACPI_TABLES_H_
