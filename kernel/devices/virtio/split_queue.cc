#include "kernel/devices/virtio/split_queue.h"

#include <bit>
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

constexpr std::uint16_t kDescriptorNext = 1;
constexpr std::uint16_t kDescriptorWritable = 2;

// Flags of the two rings: the other side need not be told.
constexpr std::uint16_t kNoInterrupt = 1;
constexpr std::uint16_t kNoNotify = 1;

// Of both rings, in words: flags, index, then the elements.
constexpr std::size_t kFlags = 0;
constexpr std::size_t kIndex = 1;
constexpr std::size_t kElements = 2;

void Store(std::uint16_t* word, std::uint16_t value) {
  __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

std::uint16_t Load(const std::uint16_t* word) { return __atomic_load_n(word, __ATOMIC_ACQUIRE); }

constexpr std::uint16_t Distance(std::uint16_t from, std::uint16_t to) {
  return static_cast<std::uint16_t>(to - from);
}

}  // namespace

SplitQueue::SplitQueue(std::byte* memory, std::uint16_t size, bool event_index)
    : memory_(memory), size_(size), free_(size), event_index_(event_index) {
  CHECK(std::has_single_bit(size) && size <= kMaxSize);
  CHECK(AddressOf(memory).value() % kAlignment.count() == 0);
  std::memset(memory, 0, MemoryFor(size).count());
  for (std::uint16_t i = 0; i < size; ++i) NoteOf(i).next = static_cast<std::uint16_t>(i + 1);
  // The device is polled. With an event index the flags are 0, and the event lies behind.
  Store(AvailableWord(kFlags), event_index ? 0 : kNoInterrupt);
  if (event_index) Store(AvailableWord(kElements + size), static_cast<std::uint16_t>(-1));
}

PhysAddr SplitQueue::descriptors() const { return PhysAddr(AddressOf(memory_).value()); }

PhysAddr SplitQueue::available() const { return PhysAddr(AddressOf(AvailableWord(0)).value()); }

PhysAddr SplitQueue::used() const { return PhysAddr(AddressOf(UsedWord(0)).value()); }

SplitQueue::Descriptor* SplitQueue::DescriptorAt(std::uint16_t index) const {
  return At<Descriptor>(index * sizeof(Descriptor));
}

SplitQueue::Note& SplitQueue::NoteOf(std::uint16_t index) const {
  return *At<Note>(NotesOffset(size_) + index * sizeof(Note));
}

std::uint16_t* SplitQueue::AvailableWord(std::size_t index) const {
  return At<std::uint16_t>(size_ * sizeof(Descriptor) + index * sizeof(std::uint16_t));
}

std::uint16_t* SplitQueue::UsedWord(std::size_t index) const {
  return At<std::uint16_t>(UsedOffset(size_) + index * sizeof(std::uint16_t));
}

std::uint16_t SplitQueue::WriteChain(std::span<const Buffer> buffers) {
  const std::uint16_t first = first_free_;
  std::uint32_t writable = 0;
  for (std::size_t i = 0; i < buffers.size(); ++i) {
    const Buffer& buffer = buffers[i];
    const bool last = i + 1 == buffers.size();
    Note& note = NoteOf(first_free_);
    note.count = 0;
    const auto flags = static_cast<std::uint16_t>((last ? 0 : kDescriptorNext) |
                                                  (buffer.writable ? kDescriptorWritable : 0));
    *DescriptorAt(first_free_) = {.address = buffer.address.value(),
                                  .size = buffer.size,
                                  .flags = flags,
                                  .next = last ? std::uint16_t{0} : note.next};
    if (buffer.writable) writable += buffer.size;
    first_free_ = note.next;
  }
  NoteOf(first).count = static_cast<std::uint16_t>(buffers.size());
  NoteOf(first).writable = writable;
  return first;
}

Result<std::uint16_t> SplitQueue::Add(std::span<const Buffer> buffers) {
  if (broken_) return std::unexpected(Error::kDevice);
  if (buffers.empty() || !InOrder(buffers)) return std::unexpected(Error::kInvalidArgument);
  if (buffers.size() > free_) return std::unexpected(Error::kNoSpace);
  const std::uint16_t chain = WriteChain(buffers);
  free_ = static_cast<std::uint16_t>(free_ - buffers.size());
  ++chains_;
  *AvailableWord(kElements + next_available_ % size_) = chain;
  ++next_available_;
  return chain;
}

bool SplitQueue::Publish() {
  const std::uint16_t before = published_;
  published_ = next_available_;
  Store(AvailableWord(kIndex), published_);
  // The device may stop looking between our store and this load: each must see the other's.
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  if (broken_ || before == published_) return false;
  if (!event_index_) return (Load(UsedWord(kFlags)) & kNoNotify) == 0;
  // Section 2.7.10: notify if the event lies within what is new.
  const std::uint16_t event = Load(UsedWord(kElements + size_ * 4));
  return Distance(event, published_) - 1 < Distance(before, published_) &&
         Distance(event, published_) != 0;
}

std::optional<Completion> SplitQueue::Check(UsedElement element) const {
  if (element.chain >= size_) return std::nullopt;
  const auto chain = static_cast<std::uint16_t>(element.chain);
  const Note& note = NoteOf(chain);
  if (note.count == 0 || element.written > note.writable) return std::nullopt;
  return Completion{chain, element.written};
}

void SplitQueue::Release(std::uint16_t chain) {
  const std::uint16_t count = NoteOf(chain).count;
  NoteOf(chain).count = 0;
  std::uint16_t last = chain;
  for (std::uint16_t i = 1; i < count; ++i) last = NoteOf(last).next;
  NoteOf(last).next = first_free_;
  first_free_ = chain;
  free_ = static_cast<std::uint16_t>(free_ + count);
  --chains_;
}

Result<std::optional<Completion>> SplitQueue::Poll() {
  if (broken_) return std::unexpected(Error::kDevice);
  const std::uint16_t waiting = Distance(next_used_, Load(UsedWord(kIndex)));
  if (waiting == 0) return std::optional<Completion>();
  // Copied: the device may change it while it is looked at.
  UsedElement element;
  std::memcpy(&element, UsedWord(kElements + next_used_ % size_ * 4), sizeof(element));
  const std::optional<Completion> completion = Check(element);
  if (waiting > chains_ || !completion) {
    broken_ = true;
    return std::unexpected(Error::kDevice);
  }
  Release(completion->chain);
  ++next_used_;
  if (event_index_) {
    Store(AvailableWord(kElements + size_), static_cast<std::uint16_t>(next_used_ - 1));
  }
  return completion;
}

}  // namespace kernel::devices::virtio
