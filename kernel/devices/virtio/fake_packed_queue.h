// FakePackedQueue: the device's side of a packed queue, for host tests.
#ifndef KERNEL_DEVICES_VIRTIO_FAKE_PACKED_QUEUE_H_
#define KERNEL_DEVICES_VIRTIO_FAKE_PACKED_QUEUE_H_

#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "kernel/base/address.h"
#include "kernel/devices/virtio/buffer.h"

namespace kernel::devices::virtio {

/// A chain that the driver has shown.
struct FakeChain {
  std::uint16_t chain = 0;
  std::vector<Buffer> buffers;
};

class FakePackedQueue {
 public:
  FakePackedQueue(PhysAddr descriptors, PhysAddr device_events, std::uint16_t size)
      : descriptors_(descriptors), device_events_(device_events), size_(size) {}

  /// The next chain, if the driver has shown one.
  std::optional<FakeChain> Take() {
    FakeChain chain;
    for (std::uint16_t flags = kNext; (flags & kNext) != 0;) {
      flags = Get<std::uint16_t>(next_, 14);
      const bool available = (flags & kAvailable) != 0;
      const bool used = (flags & kUsed) != 0;
      if (available == used || available != available_mark_) return std::nullopt;
      chain.buffers.push_back({PhysAddr(Get<std::uint64_t>(next_, 0)), Get<std::uint32_t>(next_, 8),
                               (flags & kWritable) != 0});
      chain.chain = Get<std::uint16_t>(next_, 12);
      if (++next_ == size_) {
        next_ = 0;
        available_mark_ = !available_mark_;
      }
    }
    return chain;
  }

  /// Says that it has done with a chain of `count` buffers.
  void Complete(std::uint16_t chain, std::uint32_t written, std::size_t count) {
    Put(next_used_, 8, written);
    Put(next_used_, 12, chain);
    const int marks = used_mark_ ? kAvailable | kUsed : 0;
    Put(next_used_, 14, static_cast<std::uint16_t>(marks));
    next_used_ = static_cast<std::uint16_t>(next_used_ + count);
    if (next_used_ < size_) return;
    next_used_ = static_cast<std::uint16_t>(next_used_ - size_);
    used_mark_ = !used_mark_;
  }

  /// What it wants to be told: 0 all, 1 nothing, 2 when `place` is reached.
  void SetEvents(std::uint16_t flags, std::uint16_t place) {
    std::memcpy(ToPointer(device_events_), &place, sizeof(place));
    std::memcpy(ToPointer(device_events_ + Bytes(2)), &flags, sizeof(flags));
  }

 private:
  static constexpr int kNext = 1;
  static constexpr int kWritable = 2;
  static constexpr int kAvailable = 1 << 7;
  static constexpr int kUsed = 1 << 15;

  template <typename T>
  T Get(std::uint16_t index, std::uint64_t offset) const {
    T value;
    std::memcpy(&value, ToPointer(descriptors_ + Bytes(16u * index + offset)), sizeof(T));
    return value;
  }
  template <typename T>
  void Put(std::uint16_t index, std::uint64_t offset, T value) {
    std::memcpy(ToPointer(descriptors_ + Bytes(16u * index + offset)), &value, sizeof(T));
  }

  PhysAddr descriptors_;
  PhysAddr device_events_;
  std::uint16_t size_;
  std::uint16_t next_ = 0;
  std::uint16_t next_used_ = 0;
  bool available_mark_ = true;
  bool used_mark_ = true;
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_FAKE_PACKED_QUEUE_H_
