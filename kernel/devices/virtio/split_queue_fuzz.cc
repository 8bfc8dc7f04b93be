// A device that writes anything into the rings at any time: whatever the driver then sees is a
// chain that it has in use and no more bytes than fit, or an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <span>
#include <vector>

#include "kernel/base/address.h"
#include "kernel/devices/virtio/buffer.h"
#include "kernel/devices/virtio/fake_device.h"
#include "kernel/devices/virtio/split_queue.h"

namespace {

using kernel::Bytes;
using kernel::PhysAddr;
using kernel::ToPointer;
using kernel::devices::virtio::Buffer;
using kernel::devices::virtio::MakeQueueMemory;
using kernel::devices::virtio::QueueMemory;
using kernel::devices::virtio::SplitQueue;

constexpr std::uint16_t kSize = 16;
constexpr std::uint32_t kBufferSize = 8;

/// A driver and a device, both moved by the input.
class Play {
 public:
  explicit Play(std::span<const std::uint8_t> input)
      : input_(input), queue_(memory_.get(), kSize, (Take() & 1) != 0) {}

  void Run() {
    while (!input_.empty()) {
      const std::uint8_t move = Take() % 4;
      if (move == 0) AddChain();
      if (move == 1) static_cast<void>(queue_.Publish());
      if (move == 2) Scribble();
      if (move == 3) CompleteAny();
      CheckPoll();
    }
  }

 private:
  std::uint8_t Take() {
    if (input_.empty()) return 0;
    const std::uint8_t byte = input_.front();
    input_ = input_.subspan(1);
    return byte;
  }

  void AddChain() {
    const std::size_t readable = Take() % 4;
    std::vector<Buffer> buffers(readable + Take() % 4, {PhysAddr(64), kBufferSize, true});
    for (std::size_t i = 0; i < readable; ++i) buffers[i].writable = false;
    const auto chain = queue_.Add(buffers);
    if (!chain) return;
    const auto most = static_cast<std::uint32_t>((buffers.size() - readable) * kBufferSize);
    if (!in_use_.emplace(*chain, most).second) std::abort();
  }

  /// One byte of the rings or descriptors; the driver's notes lie behind them.
  void Scribble() {
    const std::uint64_t shared = (queue_.used() - queue_.descriptors()).count() + 6 + 8 * kSize;
    const std::uint64_t offset = (Take() | Take() << 8) % shared;
    *ToPointer(queue_.descriptors() + Bytes(offset)) = std::byte{Take()};
  }

  /// A completion of the right form, so that the good path is walked too.
  void CompleteAny() {
    std::uint16_t index;
    std::memcpy(&index, ToPointer(queue_.used() + Bytes(2)), sizeof(index));
    const std::uint32_t element[2] = {Take() % (kSize + 1u), Take() % 32u};
    std::memcpy(ToPointer(queue_.used() + Bytes(4 + 8 * (index % kSize))), element,
                sizeof(element));
    ++index;
    std::memcpy(ToPointer(queue_.used() + Bytes(2)), &index, sizeof(index));
  }

  void CheckPoll() {
    const auto completion = queue_.Poll();
    if (!completion) {
      if (queue_.Poll() || queue_.Add({})) std::abort();  // It stays broken.
      return;
    }
    if (!*completion) return;
    const auto chain = in_use_.find((*completion)->chain);
    if (chain == in_use_.end() || (*completion)->written > chain->second) std::abort();
    in_use_.erase(chain);
  }

  std::span<const std::uint8_t> input_;
  QueueMemory memory_ = MakeQueueMemory();
  SplitQueue queue_;
  std::map<std::uint16_t, std::uint32_t> in_use_;  // Bytes that each chain may have written.
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Play(std::span(data, size)).Run();
  return 0;
}
