// Transport: how a virtio device's registers are reached; the seam between the device-independent
// part of virtio and PCI or memory-mapped devices.
//
// Source: VIRTIO 1.2, sections 2.1 (status), 2.2 (features), 4 (transports), 5 and 6 (numbers).
#ifndef KERNEL_DEVICES_VIRTIO_TRANSPORT_H_
#define KERNEL_DEVICES_VIRTIO_TRANSPORT_H_

#include <cstdint>

#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::devices::virtio {

/// Section 5: what a device is.
enum class DeviceType : std::uint32_t { kConsole = 3, kEntropy = 4 };

/// Section 2.1: bits of the status.
inline constexpr std::uint8_t kStatusAcknowledge = 1;
inline constexpr std::uint8_t kStatusDriver = 2;
inline constexpr std::uint8_t kStatusDriverOk = 4;
inline constexpr std::uint8_t kStatusFeaturesOk = 8;
inline constexpr std::uint8_t kStatusNeedsReset = 64;
inline constexpr std::uint8_t kStatusFailed = 128;

/// Section 6: features that are no device's own.
inline constexpr std::uint64_t kFeatureEventIndex = std::uint64_t{1} << 29;
inline constexpr std::uint64_t kFeatureVersion1 = std::uint64_t{1} << 32;
inline constexpr std::uint64_t kFeaturePackedRing = std::uint64_t{1} << 34;

/// Where the parts of a queue lie. Of a packed one, the last two are what each side wants to be
/// told.
struct QueueAddresses {
  std::uint16_t size;
  PhysAddr descriptors;
  PhysAddr available;
  PhysAddr used;
};

/// One device. Which transport it has is found out when the image runs, hence the virtual
/// functions.
class Transport {
 public:
  /// Whether the device has the interface from before VIRTIO 1.0 only.
  virtual bool legacy() const = 0;

  virtual std::uint64_t ReadFeatures() = 0;
  virtual void WriteFeatures(std::uint64_t features) = 0;
  virtual std::uint8_t ReadStatus() = 0;
  /// 0 resets the device.
  virtual void WriteStatus(std::uint8_t status) = 0;

  /// How many descriptors a queue may have; 0 if there is no such queue. A legacy device on PCI
  /// takes no other number.
  virtual std::uint16_t QueueSize(std::uint16_t queue) = 0;
  virtual bool queue_size_is_fixed() const = 0;
  /// kDevice: the device uses the queue already, or does not enable it. kOutOfRange: the addresses
  /// do not fit.
  [[nodiscard]] virtual Result<void> SetQueue(std::uint16_t queue,
                                              const QueueAddresses& addresses) = 0;
  /// Tells the device that there is something new in a queue.
  virtual void Notify(std::uint16_t queue) = 0;

 protected:
  ~Transport() = default;
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_TRANSPORT_H_
