#include "kernel/devices/virtio/console_device.h"

#include <array>
#include <cstdint>
#include <expected>
#include <limits>
#include <string_view>

#include "kernel/base/address.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/device.h"
#include "kernel/devices/virtio/queue.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {
namespace {

// Of port 0. Without the feature MULTIPORT there is no other.
constexpr std::uint16_t kReceive = 0;
constexpr std::uint16_t kTransmit = 1;
// A driver has both queues, even if it never gives the device a buffer to fill.
constexpr std::uint16_t kQueueSize = 2;

}  // namespace

Result<void> ConsoleDevice::Open(Transport* transport, Nanoseconds patience,
                                 Device::Allocate allocate) {
  device_ = Device(transport, patience);
  if (const auto features = device_.Negotiate(0); !features) {
    return std::unexpected(features.error());
  }
  const Result<Queue> receive = device_.SetUpQueue(kReceive, kQueueSize, allocate);
  const Result<Queue> transmit = receive.and_then(
      [&](const Queue&) { return device_.SetUpQueue(kTransmit, kQueueSize, allocate); });
  if (!transmit) {
    device_.GiveUp();
    return std::unexpected(transmit.error());
  }
  transmit_ = *transmit;
  device_.Run();
  open_ = true;
  return {};
}

Result<void> ConsoleDevice::Write(std::string_view text) {
  if (!open_) return std::unexpected(Error::kDevice);
  if (text.empty()) return {};
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
    return std::unexpected(Error::kOutOfRange);
  }
  const std::array<Buffer, 1> buffers = {{{.address = PhysAddr(AddressOf(text.data()).value()),
                                           .size = static_cast<std::uint32_t>(text.size())}}};
  Result<void> written;
  if (const auto chain = transmit_.Add(buffers); !chain) {
    written = std::unexpected(chain.error());
  } else {
    device_.Submit(kTransmit, transmit_);
    const Result<Completion> completion = device_.Await(transmit_);
    if (!completion) written = std::unexpected(completion.error());
  }
  if (written) return {};
  // Its text is the caller's again: the device must not read it any more.
  device_.GiveUp();
  open_ = false;
  return written;
}

}  // namespace kernel::devices::virtio
