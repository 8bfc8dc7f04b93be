// PackedQueue: a packed virtqueue, as its driver sees it.
//
// Source: VIRTIO 1.2, section 2.8.
// Owner:  one core, and the device, which is not trusted: see SplitQueue.
#ifndef KERNEL_DEVICES_VIRTIO_PACKED_QUEUE_H_
#define KERNEL_DEVICES_VIRTIO_PACKED_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/buffer.h"

namespace kernel::devices::virtio {

class PackedQueue {
 public:
  static constexpr std::uint16_t kMaxSize = 256;
  static constexpr Bytes kAlignment{16};

  /// Bytes that a queue of `size` descriptors wants, its notes included.
  static constexpr Bytes MemoryFor(std::uint16_t size) {
    return Bytes(NotesOffset(size) + size * sizeof(Note));
  }

  constexpr PackedQueue() = default;

  /// `memory` has MemoryFor(size) bytes at a multiple of kAlignment and outlives the queue; `size`
  /// is at most kMaxSize.
  PackedQueue(std::byte* memory, std::uint16_t size);

  std::uint16_t size() const { return size_; }
  /// How many more buffers fit.
  std::uint16_t free() const { return free_; }
  PhysAddr descriptors() const { return At(0); }
  /// Where the driver and where the device says what it wants to be told.
  PhysAddr driver_events() const { return At(size_ * sizeof(Descriptor)); }
  PhysAddr device_events() const { return At(size_ * sizeof(Descriptor) + sizeof(Events)); }

  /// As SplitQueue::Add. The device may see the chain at once.
  [[nodiscard]] Result<std::uint16_t> Add(std::span<const Buffer> buffers);

  /// Returns whether the device wants to be notified of what was added since the last call.
  [[nodiscard]] bool Publish();

  /// As SplitQueue::Poll.
  [[nodiscard]] Result<std::optional<Completion>> Poll();

 private:
  struct Descriptor {
    std::uint64_t address;
    std::uint32_t size;
    std::uint16_t chain;
    std::uint16_t flags;
  };
  static_assert(sizeof(Descriptor) == 16);

  // Section 2.8.14.
  struct Events {
    std::uint16_t place;  // An index and, in bit 15, which time round.
    std::uint16_t flags;
  };

  // What the driver knows of a chain.
  struct Note {
    std::uint32_t writable;  // Bytes that the device may write.
    std::uint16_t count;     // Its buffers; 0 if the device does not have it.
    std::uint16_t next;      // In the list of free ones.
  };

  static constexpr std::size_t NotesOffset(std::size_t size) {
    return size * sizeof(Descriptor) + 2 * sizeof(Events);
  }

  PhysAddr At(std::size_t offset) const { return PhysAddr(AddressOf(memory_ + offset).value()); }
  Descriptor& DescriptorAt(std::uint16_t index) const;
  Events& EventsAt(PhysAddr address) const;
  Note& NoteOf(std::uint16_t chain) const;
  bool Advance(std::uint16_t& index, std::uint16_t count) const;
  void WriteChain(std::span<const Buffer> buffers, std::uint16_t chain);
  std::optional<Completion> Check(const Descriptor& descriptor) const;

  std::byte* memory_ = nullptr;
  std::uint16_t size_ = 0;
  std::uint16_t free_ = 0;
  std::uint16_t first_free_ = 0;  // Of the notes.
  std::uint16_t next_available_ = 0;
  std::uint16_t next_used_ = 0;
  std::uint16_t added_ = 0;  // Descriptors since the last Publish.
  // Each time round the ring the marks change their meaning.
  bool available_mark_ = true;
  bool used_mark_ = true;
  bool broken_ = false;
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_PACKED_QUEUE_H_
