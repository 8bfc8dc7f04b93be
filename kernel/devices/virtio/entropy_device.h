// EntropyDevice: a virtio entropy source (virtio-rng).
//
// Source: VIRTIO 1.2, section 5.4.
// Owner:  one core.
#ifndef KERNEL_DEVICES_VIRTIO_ENTROPY_DEVICE_H_
#define KERNEL_DEVICES_VIRTIO_ENTROPY_DEVICE_H_

#include <array>
#include <cstddef>
#include <span>

#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/device.h"
#include "kernel/devices/virtio/queue.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {

class EntropyDevice {
 public:
  constexpr EntropyDevice() = default;

  /// Brings the device to work. Errors of Device; it is then out of use.
  [[nodiscard]] Result<void> Open(Transport* transport, Nanoseconds patience,
                                  Device::Allocate allocate);

  /// Fills all of `bytes`. The object must stay where it is from the first call on.
  ///
  /// kTimeout, kDevice: the device failed; it is reset and, from then on, kDevice.
  [[nodiscard]] Result<void> Read(std::span<std::byte> bytes);

 private:
  [[nodiscard]] Result<std::size_t> Fetch(std::size_t size);

  Device device_;
  Queue requests_;
  bool open_ = false;
  // The device writes here, not to the caller's: what it writes too late must not hurt.
  std::array<std::byte, 256> bytes_{};
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_ENTROPY_DEVICE_H_
