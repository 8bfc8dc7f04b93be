// ConsoleDevice: the first port of a virtio console, for output.
//
// Source: VIRTIO 1.2, section 5.3.
// Owner:  one core.
#ifndef KERNEL_DEVICES_VIRTIO_CONSOLE_DEVICE_H_
#define KERNEL_DEVICES_VIRTIO_CONSOLE_DEVICE_H_

#include <string_view>

#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/device.h"
#include "kernel/devices/virtio/queue.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {

class ConsoleDevice {
 public:
  constexpr ConsoleDevice() = default;

  /// Brings the device to work. Errors of Device; it is then out of use.
  [[nodiscard]] Result<void> Open(Transport* transport, Nanoseconds patience,
                                  Device::Allocate allocate);

  /// Writes all of `text`, with one notification. Returns when the device has taken it.
  ///
  /// kTimeout, kDevice: the device failed; it is reset and, from then on, kDevice.
  [[nodiscard]] Result<void> Write(std::string_view text);

 private:
  Device device_;
  Queue transmit_;
  bool open_ = false;
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_CONSOLE_DEVICE_H_
