// FakeDevice: a virtio device for host tests: it answers a driver's rings, well or badly.
#ifndef KERNEL_DEVICES_VIRTIO_FAKE_DEVICE_H_
#define KERNEL_DEVICES_VIRTIO_FAKE_DEVICE_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <vector>

#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/split_queue.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {

/// Memory for a queue of any size.
struct FreeMemory {
  void operator()(std::byte* memory) const { std::free(memory); }
};
using QueueMemory = std::unique_ptr<std::byte, FreeMemory>;

inline QueueMemory MakeQueueMemory() {
  const std::uint64_t page = SplitQueue::kAlignment.count();
  const std::uint64_t size = (SplitQueue::MemoryFor(256).count() + page - 1) / page * page;
  return QueueMemory(static_cast<std::byte*>(std::aligned_alloc(page, size)));
}

/// The device's side of a queue, at the addresses that the driver gave.
class FakeQueue {
 public:
  FakeQueue() = default;
  explicit FakeQueue(const QueueAddresses& addresses) : at_(addresses) {}

  /// The first descriptors of the chains that the driver has shown since the last call.
  std::vector<std::uint16_t> TakeAvailable() {
    std::vector<std::uint16_t> chains;
    const auto index = Get<std::uint16_t>(at_.available + Bytes(2));
    for (; seen_ != index; ++seen_) {
      chains.push_back(Get<std::uint16_t>(at_.available + Bytes(4 + 2 * (seen_ % at_.size))));
    }
    return chains;
  }

  /// The buffers of a chain.
  std::vector<Buffer> BuffersOf(std::uint16_t chain) const {
    std::vector<Buffer> buffers;
    for (;;) {
      const PhysAddr at = at_.descriptors + Bytes(16u * chain);
      const auto flags = Get<std::uint16_t>(at + Bytes(12));
      buffers.push_back(
          {PhysAddr(Get<std::uint64_t>(at)), Get<std::uint32_t>(at + Bytes(8)), (flags & 2) != 0});
      if ((flags & 1) == 0) return buffers;
      chain = Get<std::uint16_t>(at + Bytes(14));
    }
  }

  /// Says that it has done with a chain: an element, then the index.
  void Complete(std::uint32_t chain, std::uint32_t written) {
    const PhysAddr at = at_.used + Bytes(4 + 8 * (completed_ % at_.size));
    Put(at, chain);
    Put(at + Bytes(4), written);
    SetUsedIndex(++completed_);
  }

  void SetUsedIndex(std::uint16_t index) {
    completed_ = index;
    Put(at_.used + Bytes(2), index);
  }
  void SetUsedFlags(std::uint16_t flags) { Put(at_.used, flags); }
  /// The event index that the device writes, and that which the driver wrote.
  void SetAvailableEvent(std::uint16_t event) { Put(at_.used + Bytes(4 + 8u * at_.size), event); }
  std::uint16_t used_event() const {
    return Get<std::uint16_t>(at_.available + Bytes(4 + 2u * at_.size));
  }
  std::uint16_t available_flags() const { return Get<std::uint16_t>(at_.available); }

 private:
  template <typename T>
  static T Get(PhysAddr address) {
    T value;
    std::memcpy(&value, ToPointer(address), sizeof(T));
    return value;
  }
  template <typename T>
  static void Put(PhysAddr address, T value) {
    std::memcpy(ToPointer(address), &value, sizeof(T));
  }

  QueueAddresses at_{};
  std::uint16_t seen_ = 0;
  std::uint16_t completed_ = 0;
};

/// A whole device. Its behaviour is in public members, for a test to spoil.
class FakeDevice final : public Transport {
 public:
  bool is_legacy = false;
  bool fixed_size = false;
  bool resets = true;
  std::uint64_t offered = kFeatureVersion1;
  std::uint64_t refused = 0;  // Features with which it does not go on.
  std::uint16_t queue_count = 1;
  std::uint16_t queue_size = 8;
  Result<void> set_queue = {};
  std::function<void(FakeQueue&)> on_notify;

  std::uint64_t accepted = 0;
  std::uint8_t status = 0;
  std::vector<std::uint8_t> statuses;  // Written, in order.
  int notifications = 0;
  FakeQueue queue;  // The last that was set up.

  bool legacy() const override { return is_legacy; }
  std::uint64_t ReadFeatures() override { return offered; }
  void WriteFeatures(std::uint64_t features) override { accepted = features; }
  std::uint8_t ReadStatus() override { return status; }
  void WriteStatus(std::uint8_t value) override {
    statuses.push_back(value);
    const bool refuses = (accepted & refused) != 0;
    if (value != 0 || resets) status = value;
    if (refuses) status = static_cast<std::uint8_t>(status & ~kStatusFeaturesOk);
  }
  std::uint16_t QueueSize(std::uint16_t index) override {
    return index < queue_count ? queue_size : std::uint16_t{0};
  }
  bool queue_size_is_fixed() const override { return fixed_size; }
  Result<void> SetQueue(std::uint16_t, const QueueAddresses& addresses) override {
    queue = FakeQueue(addresses);
    return set_queue;
  }
  void Notify(std::uint16_t) override {
    ++notifications;
    if (on_notify) on_notify(queue);
  }
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_FAKE_DEVICE_H_
