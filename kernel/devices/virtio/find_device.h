// From a kind of device to the one that the machine has.
#ifndef KERNEL_DEVICES_VIRTIO_FIND_DEVICE_H_
#define KERNEL_DEVICES_VIRTIO_FIND_DEVICE_H_

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {

/// The first device of a type; its transport lives as long as the image. Looked for, in this order:
/// where the command line says; where QEMU's microvm has its devices, if the machine has no PCI
/// ports; on PCI.
///
/// kNotFound: the machine has none. kMalformed: the command line or a device's description cannot
/// be. Other errors: of pci::MachineBus.
[[nodiscard]] Result<Transport*> FindDevice(const abi::BootHandoff& handoff, DeviceType type);

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_FIND_DEVICE_H_
