// Device: a virtio device from reset to work, whatever its transport.
//
// Source: VIRTIO 1.2, section 3.1 (initialization), 2.4 (reset).
// Owner:  one core.
#ifndef KERNEL_DEVICES_VIRTIO_DEVICE_H_
#define KERNEL_DEVICES_VIRTIO_DEVICE_H_

#include <cstdint>

#include "kernel/base/address.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/buffer.h"
#include "kernel/devices/virtio/queue.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {

class Device {
 public:
  /// Where a queue's memory comes from, such as memory::Allocate. It is not given back.
  using Allocate = Result<void*> (*)(Bytes size, Bytes alignment);

  constexpr Device() = default;
  /// `transport` outlives the device. A device that does not answer for `patience` has failed.
  Device(Transport* transport, Nanoseconds patience) : transport_(transport), patience_(patience) {}

  /// Resets the device and agrees on those of `wanted` that it offers, besides those that the
  /// queues can use. Called first.
  ///
  /// kTimeout: it does not reset. kNotSupported: it wants a feature that we have not.
  [[nodiscard]] Result<std::uint64_t> Negotiate(std::uint64_t wanted);

  /// Sets up queue `index` with up to `size` descriptors, a power of two.
  ///
  /// kNotFound: there is no such queue. kNotSupported: it has a fixed size that is too large.
  /// kMalformed: its size is no power of two. kNoMemory. kDevice, kOutOfRange: see Transport.
  [[nodiscard]] Result<Queue> SetUpQueue(std::uint16_t index, std::uint16_t size,
                                         Allocate allocate);

  /// From here on the device works.
  void Run();

  /// Publishes what was added to queue `index`, and tells the device if it wants to know.
  void Submit(std::uint16_t index, Queue& queue);

  /// Waits for the next completion of a queue. kTimeout: there was none. kDevice: it lied.
  [[nodiscard]] Result<Completion> Await(Queue& queue);

  /// Ends the device's use of our memory, for good. Whether it did is not asked: it has failed.
  void GiveUp();

 private:
  [[nodiscard]] Result<void> Reset();
  [[nodiscard]] Result<Queue> MakeQueue(std::uint16_t size, Allocate allocate) const;
  [[nodiscard]] Result<void> AcceptFeatures(std::uint64_t features);
  void AddStatus(std::uint8_t bits);

  Transport* transport_ = nullptr;
  Nanoseconds patience_;
  bool event_index_ = false;
  bool packed_ = false;
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_DEVICE_H_
