#include "kernel/devices/virtio/device.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>

#include "kernel/base/result.h"
#include "kernel/devices/deadline.h"
#include "kernel/devices/virtio/buffer.h"
#include "kernel/devices/virtio/packed_queue.h"
#include "kernel/devices/virtio/queue.h"
#include "kernel/devices/virtio/split_queue.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {
namespace {

constexpr std::uint64_t kQueueFeatures = kFeatureEventIndex | kFeaturePackedRing;

static_assert(PackedQueue::kMaxSize == SplitQueue::kMaxSize);

}  // namespace

Result<void> Device::Reset() {
  transport_->WriteStatus(0);
  const Deadline deadline(patience_);
  while (transport_->ReadStatus() != 0) {
    if (deadline.Over()) return std::unexpected(Error::kTimeout);
  }
  return {};
}

void Device::AddStatus(std::uint8_t bits) {
  transport_->WriteStatus(static_cast<std::uint8_t>(transport_->ReadStatus() | bits));
}

Result<void> Device::AcceptFeatures(std::uint64_t features) {
  transport_->WriteFeatures(features);
  if (transport_->legacy()) return {};
  AddStatus(kStatusFeaturesOk);
  if ((transport_->ReadStatus() & kStatusFeaturesOk) != 0) return {};
  return std::unexpected(Error::kNotSupported);
}

Result<std::uint64_t> Device::Negotiate(std::uint64_t wanted) {
  if (const Result<void> reset = Reset(); !reset) return std::unexpected(reset.error());
  AddStatus(kStatusAcknowledge);
  AddStatus(kStatusDriver);
  const std::uint64_t needed = transport_->legacy() ? 0 : kFeatureVersion1;
  const std::uint64_t offered = transport_->ReadFeatures();
  const std::uint64_t features = offered & (wanted | needed | kQueueFeatures);
  Result<void> accepted = std::unexpected(Error::kNotSupported);
  if ((features & needed) == needed) accepted = AcceptFeatures(features);
  if (!accepted) {
    GiveUp();
    return std::unexpected(accepted.error());
  }
  event_index_ = (features & kFeatureEventIndex) != 0;
  packed_ = (features & kFeaturePackedRing) != 0;
  return features;
}

Result<Queue> Device::MakeQueue(std::uint16_t size, Allocate allocate) const {
  const Result<void*> memory = packed_
                                   ? allocate(PackedQueue::MemoryFor(size), PackedQueue::kAlignment)
                                   : allocate(SplitQueue::MemoryFor(size), SplitQueue::kAlignment);
  if (!memory) return std::unexpected(memory.error());
  auto* const bytes = static_cast<std::byte*>(*memory);
  return packed_ ? Queue(PackedQueue(bytes, size)) : Queue(SplitQueue(bytes, size, event_index_));
}

Result<Queue> Device::SetUpQueue(std::uint16_t index, std::uint16_t size, Allocate allocate) {
  const std::uint16_t most = transport_->QueueSize(index);
  if (most == 0) return std::unexpected(Error::kNotFound);
  if (!std::has_single_bit(most)) return std::unexpected(Error::kMalformed);
  const bool fixed = transport_->queue_size_is_fixed();
  if (fixed && most > SplitQueue::kMaxSize) return std::unexpected(Error::kNotSupported);
  const std::uint16_t chosen = fixed ? most : std::min({most, size, SplitQueue::kMaxSize});
  const Result<Queue> queue = MakeQueue(chosen, allocate);
  if (!queue) return queue;
  const Result<void> set = transport_->SetQueue(index, queue->addresses());
  if (!set) return std::unexpected(set.error());
  return queue;
}

void Device::Run() { AddStatus(kStatusDriverOk); }

void Device::Submit(std::uint16_t index, Queue& queue) {
  if (queue.Publish()) transport_->Notify(index);
}

Result<Completion> Device::Await(Queue& queue) {
  const Deadline deadline(patience_);
  for (;;) {
    const Result<std::optional<Completion>> completion = queue.Poll();
    if (!completion) return std::unexpected(completion.error());
    if (*completion) return **completion;
    if (deadline.Over()) return std::unexpected(Error::kTimeout);
  }
}

void Device::GiveUp() {
  AddStatus(kStatusFailed);
  transport_->WriteStatus(0);
}

}  // namespace kernel::devices::virtio
