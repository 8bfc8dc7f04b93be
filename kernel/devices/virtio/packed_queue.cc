#include "kernel/devices/virtio/packed_queue.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <optional>
#include <span>

#include "kernel/base/address.h"
#include "kernel/base/check.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/buffer.h"

namespace kernel::devices::virtio {
namespace {

constexpr std::uint16_t kNext = 1;
constexpr std::uint16_t kWritable = 2;
constexpr std::uint16_t kAvailable = 1 << 7;
constexpr std::uint16_t kUsed = 1 << 15;

// Of Events.
constexpr std::uint16_t kAlways = 0;
constexpr std::uint16_t kNever = 1;
constexpr std::uint16_t kTimeRound = 1 << 15;

void Store(std::uint16_t* word, std::uint16_t value) {
  __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

std::uint16_t Load(const std::uint16_t* word) { return __atomic_load_n(word, __ATOMIC_ACQUIRE); }

/// What marks a descriptor as available in this time round.
constexpr std::uint16_t MarkOf(bool time_round) { return time_round ? kAvailable : kUsed; }

}  // namespace

PackedQueue::PackedQueue(std::byte* memory, std::uint16_t size)
    : memory_(memory), size_(size), free_(size) {
  CHECK(size != 0 && size <= kMaxSize);
  CHECK(AddressOf(memory).value() % kAlignment.count() == 0);
  std::memset(memory, 0, MemoryFor(size).count());
  for (std::uint16_t i = 0; i < size; ++i) NoteOf(i).next = static_cast<std::uint16_t>(i + 1);
  Store(&EventsAt(driver_events()).flags, kNever);
}

PackedQueue::Descriptor& PackedQueue::DescriptorAt(std::uint16_t index) const {
  return *reinterpret_cast<Descriptor*>(memory_ + index * sizeof(Descriptor));
}

PackedQueue::Events& PackedQueue::EventsAt(PhysAddr address) const {
  return *reinterpret_cast<Events*>(ToPointer(address));
}

PackedQueue::Note& PackedQueue::NoteOf(std::uint16_t chain) const {
  return *reinterpret_cast<Note*>(memory_ + NotesOffset(size_) + chain * sizeof(Note));
}

/// Moves an index on; returns whether that began a new time round.
bool PackedQueue::Advance(std::uint16_t& index, std::uint16_t count) const {
  index = static_cast<std::uint16_t>(index + count);
  if (index < size_) return false;
  index = static_cast<std::uint16_t>(index - size_);
  return true;
}

void PackedQueue::WriteChain(std::span<const Buffer> buffers, std::uint16_t chain) {
  Descriptor* const first = &DescriptorAt(next_available_);
  std::uint16_t first_flags = 0;
  for (std::size_t i = 0; i < buffers.size(); ++i) {
    const bool last = i + 1 == buffers.size();
    const auto flags = static_cast<std::uint16_t>(
        (last ? 0 : kNext) | (buffers[i].writable ? kWritable : 0) | MarkOf(available_mark_));
    Descriptor& descriptor = DescriptorAt(next_available_);
    descriptor.address = buffers[i].address.value();
    descriptor.size = buffers[i].size;
    descriptor.chain = chain;
    if (i == 0) {
      first_flags = flags;
    } else {
      Store(&descriptor.flags, flags);
    }
    if (Advance(next_available_, 1)) available_mark_ = !available_mark_;
  }
  // Last: with it the device sees the whole chain.
  Store(&first->flags, first_flags);
}

Result<std::uint16_t> PackedQueue::Add(std::span<const Buffer> buffers) {
  if (broken_) return std::unexpected(Error::kDevice);
  if (buffers.empty() || !InOrder(buffers)) return std::unexpected(Error::kInvalidArgument);
  if (buffers.size() > free_) return std::unexpected(Error::kNoSpace);
  const auto count = static_cast<std::uint16_t>(buffers.size());
  const std::uint16_t chain = first_free_;
  Note& note = NoteOf(chain);
  first_free_ = note.next;
  note.count = count;
  note.writable = 0;
  for (const Buffer& buffer : buffers) note.writable += buffer.writable ? buffer.size : 0;
  WriteChain(buffers, chain);
  free_ = static_cast<std::uint16_t>(free_ - count);
  added_ = static_cast<std::uint16_t>(added_ + count);
  return chain;
}

bool PackedQueue::Publish() {
  // The device may stop looking between our stores and this load: each must see the other's.
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  const std::uint16_t added = added_;
  added_ = 0;
  if (broken_ || added == 0) return false;
  const Events& events = EventsAt(device_events());
  const std::uint16_t flags = Load(&events.flags);
  if (flags == kAlways || flags == kNever) return flags == kAlways;
  // Section 2.8.21.3: notify if the place lies within what is new. Counted back from the end of it.
  const std::uint16_t place = Load(&events.place);
  const bool this_time_round = ((place & kTimeRound) != 0) == available_mark_;
  const int distance = next_available_ - (place & ~kTimeRound) + (this_time_round ? 0 : size_);
  return distance > 0 && distance <= added;
}

std::optional<Completion> PackedQueue::Check(const Descriptor& descriptor) const {
  if (descriptor.chain >= size_) return std::nullopt;
  const Note& note = NoteOf(descriptor.chain);
  if (note.count == 0 || descriptor.size > note.writable) return std::nullopt;
  return Completion{descriptor.chain, descriptor.size};
}

Result<std::optional<Completion>> PackedQueue::Poll() {
  if (broken_) return std::unexpected(Error::kDevice);
  const std::uint16_t flags = Load(&DescriptorAt(next_used_).flags);
  const bool available = (flags & kAvailable) != 0;
  const bool used = (flags & kUsed) != 0;
  if (available != used || used != used_mark_) return std::optional<Completion>();
  // Copied: the device may change it while it is looked at.
  Descriptor descriptor;
  std::memcpy(&descriptor, &DescriptorAt(next_used_), sizeof(descriptor));
  const std::optional<Completion> completion = Check(descriptor);
  if (!completion) {
    broken_ = true;
    return std::unexpected(Error::kDevice);
  }
  Note& note = NoteOf(completion->chain);
  if (Advance(next_used_, note.count)) used_mark_ = !used_mark_;
  free_ = static_cast<std::uint16_t>(free_ + note.count);
  note.count = 0;
  note.next = first_free_;
  first_free_ = completion->chain;
  return completion;
}

}  // namespace kernel::devices::virtio
