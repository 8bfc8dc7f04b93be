// Where PCI Express configuration space lies in memory.
//
// Source: PCI Firmware Specification 3.3, section 4.1.2 (MCFG).
#ifndef KERNEL_ACPI_MCFG_H_
#define KERNEL_ACPI_MCFG_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::acpi {

/// The configuration space of buses first_bus to last_bus, 1 MiB each; `base` is that of bus 0.
struct Ecam {
  PhysAddr base;
  std::uint8_t first_bus;
  std::uint8_t last_bus;
};

/// The entry of segment 0. kNotFound: there is none. kMalformed: it makes no sense.
[[nodiscard]] Result<Ecam> EcamFrom(std::span<const std::byte> mcfg);

}  // namespace kernel::acpi

#endif  // KERNEL_ACPI_MCFG_H_
