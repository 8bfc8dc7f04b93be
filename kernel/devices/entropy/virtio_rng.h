// Entropy of a virtio entropy device (virtio-rng).
#ifndef KERNEL_DEVICES_ENTROPY_VIRTIO_RNG_H_
#define KERNEL_DEVICES_ENTROPY_VIRTIO_RNG_H_

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::devices::virtio_rng {

/// Offers the source where the machine has the device; does not look if there is one already.
///
/// An error means a device that is there but does not work (kernel/devices/virtio/find_device.h and
/// device.h): it ends the image rather than leave it without what it asked for.
Result<void> Start(const abi::BootHandoff& handoff);

}  // namespace kernel::devices::virtio_rng

#endif  // KERNEL_DEVICES_ENTROPY_VIRTIO_RNG_H_
