// Queue: a virtqueue of either kind, whichever was negotiated.
#ifndef KERNEL_DEVICES_VIRTIO_QUEUE_H_
#define KERNEL_DEVICES_VIRTIO_QUEUE_H_

#include <cstdint>
#include <optional>
#include <span>

#include "kernel/base/result.h"
#include "kernel/devices/virtio/buffer.h"
#include "kernel/devices/virtio/packed_queue.h"
#include "kernel/devices/virtio/split_queue.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {

/// What both kinds can; see SplitQueue.
class Queue {
 public:
  constexpr Queue() = default;
  explicit Queue(const SplitQueue& queue) : split_(queue) {}
  explicit Queue(const PackedQueue& queue) : is_packed_(true), packed_(queue) {}

  bool is_packed() const { return is_packed_; }
  std::uint16_t size() const { return is_packed_ ? packed_.size() : split_.size(); }
  std::uint16_t free() const { return is_packed_ ? packed_.free() : split_.free(); }

  /// For the device.
  QueueAddresses addresses() const {
    if (is_packed_) {
      return {.size = packed_.size(),
              .descriptors = packed_.descriptors(),
              .available = packed_.driver_events(),
              .used = packed_.device_events()};
    }
    return {.size = split_.size(),
            .descriptors = split_.descriptors(),
            .available = split_.available(),
            .used = split_.used()};
  }

  [[nodiscard]] Result<std::uint16_t> Add(std::span<const Buffer> buffers) {
    return is_packed_ ? packed_.Add(buffers) : split_.Add(buffers);
  }
  [[nodiscard]] bool Publish() { return is_packed_ ? packed_.Publish() : split_.Publish(); }
  [[nodiscard]] Result<std::optional<Completion>> Poll() {
    return is_packed_ ? packed_.Poll() : split_.Poll();
  }

 private:
  bool is_packed_ = false;
  SplitQueue split_;
  PackedQueue packed_;
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_QUEUE_H_
