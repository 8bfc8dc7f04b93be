#include "kernel/devices/virtio/entropy_device.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>

#include "kernel/base/address.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/device.h"
#include "kernel/devices/virtio/queue.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {
namespace {

constexpr std::uint16_t kRequests = 0;
constexpr std::uint16_t kQueueSize = 2;

}  // namespace

Result<void> EntropyDevice::Open(Transport* transport, Nanoseconds patience,
                                 Device::Allocate allocate) {
  device_ = Device(transport, patience);
  if (const auto features = device_.Negotiate(0); !features) {
    return std::unexpected(features.error());
  }
  const Result<Queue> requests = device_.SetUpQueue(kRequests, kQueueSize, allocate);
  if (!requests) {
    device_.GiveUp();
    return std::unexpected(requests.error());
  }
  requests_ = *requests;
  device_.Run();
  open_ = true;
  return {};
}

/// Has the device write up to `size` bytes to bytes_. Returns how many it did, at least one.
Result<std::size_t> EntropyDevice::Fetch(std::size_t size) {
  const std::array<Buffer, 1> buffers = {{{.address = PhysAddr(AddressOf(bytes_.data()).value()),
                                           .size = static_cast<std::uint32_t>(size),
                                           .writable = true}}};
  if (const auto chain = requests_.Add(buffers); !chain) return std::unexpected(chain.error());
  device_.Submit(kRequests, requests_);
  const Result<Completion> completion = device_.Await(requests_);
  if (!completion) return std::unexpected(completion.error());
  // Section 5.4.6.1: it gives one byte or more.
  if (completion->written == 0) return std::unexpected(Error::kDevice);
  return completion->written;
}

Result<void> EntropyDevice::Read(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    if (!open_) return std::unexpected(Error::kDevice);
    const Result<std::size_t> count = Fetch(std::min(bytes.size(), bytes_.size()));
    if (!count) {
      device_.GiveUp();
      open_ = false;
      return std::unexpected(count.error());
    }
    std::memcpy(bytes.data(), bytes_.data(), *count);
    // Nobody finds them here later.
    bytes_.fill(std::byte{0});
    bytes = bytes.subspan(*count);
  }
  return {};
}

}  // namespace kernel::devices::virtio
