#include "kernel/devices/console/virtio_console.h"

#include <expected>
#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/console.h"
#include "kernel/devices/virtio/console_device.h"
#include "kernel/devices/virtio/find_device.h"
#include "kernel/devices/virtio/transport.h"
#include "kernel/memory/allocate.h"

namespace kernel::devices::virtio_console {
namespace {

// A busy host may let a device wait for as long.
constexpr Nanoseconds kPatience{1'000'000'000};

constinit virtio::ConsoleDevice device;

void WriteText(std::string_view text) {
  // What a device that has failed does not take is lost: there is no other place to say so.
  [[maybe_unused]] const Result<void> written = device.Write(text);
}

}  // namespace

Result<void> Start(const abi::BootHandoff& handoff) {
  if (HasConsole()) return {};
  const Result<virtio::Transport*> transport =
      virtio::FindDevice(handoff, virtio::DeviceType::kConsole);
  if (!transport && transport.error() == Error::kNotFound) return {};
  if (!transport) return std::unexpected(transport.error());
  const Result<void> open = device.Open(*transport, kPatience, &memory::Allocate);
  if (!open) return open;
  OfferConsole(&WriteText);
  return {};
}

}  // namespace kernel::devices::virtio_console
