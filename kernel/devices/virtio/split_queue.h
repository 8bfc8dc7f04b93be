// SplitQueue: a split virtqueue, as its driver sees it.
//
// Source: VIRTIO 1.2, section 2.7.
// Owner:  one core, and the device, which is not trusted: what it writes is checked against notes
//         that it cannot guess the place of, and nothing of the driver's is read back from the
//         rings.
#ifndef KERNEL_DEVICES_VIRTIO_SPLIT_QUEUE_H_
#define KERNEL_DEVICES_VIRTIO_SPLIT_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/buffer.h"

namespace kernel::devices::virtio {

class SplitQueue {
 public:
  static constexpr std::uint16_t kMaxSize = 256;
  /// Of the memory, and of the used ring in it: what the legacy interface wants serves the new one.
  static constexpr Bytes kAlignment = kPageSize;

  /// Bytes that a queue of `size` descriptors wants, its notes included.
  static constexpr Bytes MemoryFor(std::uint16_t size) {
    return Bytes(NotesOffset(size) + size * sizeof(Note));
  }

  constexpr SplitQueue() = default;

  /// `memory` has MemoryFor(size) bytes at a multiple of kAlignment and outlives the queue; `size`
  /// is a power of two, at most kMaxSize. `event_index`: VIRTIO_F_EVENT_IDX was negotiated.
  SplitQueue(std::byte* memory, std::uint16_t size, bool event_index);

  std::uint16_t size() const { return size_; }
  /// How many more buffers fit.
  std::uint16_t free() const { return free_; }
  PhysAddr descriptors() const;
  PhysAddr available() const;
  PhysAddr used() const;

  /// Puts a chain of buffers into the queue, those to be written behind those to be read.
  ///
  /// kNoSpace: it does not fit now. kInvalidArgument: no buffer, or in the wrong order. kDevice:
  /// the device has broken the queue.
  [[nodiscard]] Result<std::uint16_t> Add(std::span<const Buffer> buffers);

  /// Shows the device all that was added. Returns whether it wants to be notified of it.
  [[nodiscard]] bool Publish();

  /// A chain that the device has done with; nothing if there is none.
  ///
  /// kDevice: the device lied (more completions than chains, a chain that it does not have, more
  /// bytes than fit). It then says so for ever: reset the device before touching its buffers.
  [[nodiscard]] Result<std::optional<Completion>> Poll();

 private:
  struct Descriptor {
    std::uint64_t address;
    std::uint32_t size;
    std::uint16_t flags;
    std::uint16_t next;
  };
  static_assert(sizeof(Descriptor) == 16);

  struct UsedElement {
    std::uint32_t chain;
    std::uint32_t written;
  };

  // What the driver knows of a descriptor.
  struct Note {
    std::uint32_t writable;  // Of a chain's first: bytes that the device may write.
    std::uint16_t next;      // In the chain, or in the list of free ones.
    std::uint16_t count;     // Of a chain's first: its buffers; of any other 0.
  };

  static constexpr std::size_t UsedOffset(std::size_t size) {
    const std::size_t end = size * sizeof(Descriptor) + sizeof(std::uint16_t) * (3 + size);
    return (end + kAlignment.count() - 1) & ~(kAlignment.count() - 1);
  }
  static constexpr std::size_t NotesOffset(std::size_t size) {
    const std::size_t end =
        UsedOffset(size) + size * sizeof(UsedElement) + 3 * sizeof(std::uint16_t);
    return (end + alignof(Note) - 1) & ~(alignof(Note) - 1);
  }

  template <typename T>
  T* At(std::size_t offset) const {
    return reinterpret_cast<T*>(memory_ + offset);
  }
  Descriptor* DescriptorAt(std::uint16_t index) const;
  Note& NoteOf(std::uint16_t index) const;
  // Words of the rings that both sides look at.
  std::uint16_t* AvailableWord(std::size_t index) const;
  std::uint16_t* UsedWord(std::size_t index) const;
  std::uint16_t WriteChain(std::span<const Buffer> buffers);
  std::optional<Completion> Check(UsedElement element) const;
  void Release(std::uint16_t chain);

  std::byte* memory_ = nullptr;
  std::uint16_t size_ = 0;
  std::uint16_t free_ = 0;
  std::uint16_t first_free_ = 0;
  std::uint16_t chains_ = 0;          // That the device has, or will have once published.
  std::uint16_t next_available_ = 0;  // Running index, as the ring's.
  std::uint16_t published_ = 0;
  std::uint16_t next_used_ = 0;
  bool event_index_ = false;
  bool broken_ = false;
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_SPLIT_QUEUE_H_
