#include "kernel/devices/entropy/virtio_rng.h"

#include <cstddef>
#include <expected>
#include <span>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/entropy.h"
#include "kernel/devices/virtio/entropy_device.h"
#include "kernel/devices/virtio/find_device.h"
#include "kernel/devices/virtio/transport.h"
#include "kernel/memory/allocate.h"

namespace kernel::devices::virtio_rng {
namespace {

// A busy host may let a device wait for as long.
constexpr Nanoseconds kPatience{1'000'000'000};

constinit virtio::EntropyDevice device;

Result<void> ReadBytes(std::span<std::byte> bytes) { return device.Read(bytes); }

}  // namespace

Result<void> Start(const abi::BootHandoff& handoff) {
  if (HasEntropy()) return {};
  const Result<virtio::Transport*> transport =
      virtio::FindDevice(handoff, virtio::DeviceType::kEntropy);
  if (!transport && transport.error() == Error::kNotFound) return {};
  if (!transport) return std::unexpected(transport.error());
  const Result<void> open = device.Open(*transport, kPatience, &memory::Allocate);
  if (!open) return open;
  OfferEntropy(&ReadBytes);
  return {};
}

}  // namespace kernel::devices::virtio_rng
