// The PCI bus of the machine on which the image runs.
#ifndef KERNEL_DEVICES_PCI_MACHINE_BUS_H_
#define KERNEL_DEVICES_PCI_MACHINE_BUS_H_

#include "kernel/abi/boot_handoff.h"
#include "kernel/arch/x86_64/mmio.h"
#include "kernel/arch/x86_64/port_io.h"
#include "kernel/base/result.h"
#include "kernel/devices/pci/bus.h"
#include "kernel/devices/pci/config_space.h"

namespace kernel::devices::pci {

using MachineConfig = ConfigSpace<arch::PortIo, arch::Mmio>;
using MachineBus = Bus<MachineConfig>;

/// The bus, scanned at the first call; lives as long as the image.
///
/// kNotFound: the machine has no PCI; our monitor's is not even looked for. Other errors: a bridge
/// or table that cannot be; each later call says the same.
[[nodiscard]] Result<MachineBus*> GetMachineBus(const abi::BootHandoff& handoff);

/// Whether the machine has the two ports of configuration space, as every PC has.
bool HasConfigPorts();

}  // namespace kernel::devices::pci

#endif  // KERNEL_DEVICES_PCI_MACHINE_BUS_H_
