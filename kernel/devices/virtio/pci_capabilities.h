// What a virtio device on PCI says of itself in configuration space.
//
// Source: VIRTIO 1.2, sections 4.1.2.1 (device numbers), 4.1.4 (capabilities).
#ifndef KERNEL_DEVICES_VIRTIO_PCI_CAPABILITIES_H_
#define KERNEL_DEVICES_VIRTIO_PCI_CAPABILITIES_H_

#include <cstdint>
#include <expected>
#include <optional>

#include "kernel/base/result.h"
#include "kernel/devices/pci/capabilities.h"
#include "kernel/devices/pci/config_space.h"
#include "kernel/devices/pci/scanner.h"
#include "kernel/devices/virtio/pci_transport.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {

/// Whether a function is a virtio device, and which.
template <typename Config>
std::optional<DeviceType> TypeOf(const pci::Function& function, const pci::FunctionIo<Config>& io) {
  constexpr std::uint16_t kVendor = 0x1af4;
  constexpr std::uint16_t kFirstTransitional = 0x1000;
  constexpr std::uint16_t kFirstModern = 0x1040;
  constexpr std::uint16_t kLast = 0x107f;
  constexpr std::uint16_t kSubsystem = 0x2c;  // A transitional device has its type there.
  if (function.vendor != kVendor || function.header_type != pci::Function::kDeviceHeader ||
      function.device < kFirstTransitional || function.device > kLast) {
    return std::nullopt;
  }
  if (function.device >= kFirstModern) {
    return static_cast<DeviceType>(function.device - kFirstModern);
  }
  return static_cast<DeviceType>(io.ReadAt(kSubsystem) >> 16);
}

/// Where some registers lie.
struct RegisterArea {
  std::uint8_t bar = 0;
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

struct PciRegisters {
  RegisterArea common;
  RegisterArea notify;
  std::uint32_t notify_multiplier = 0;
};

/// Reads the capabilities of a device; the first of each kind that makes sense counts.
///
/// kNotFound: it has only the legacy interface. kMalformed: a broken list, or areas that cannot be.
template <typename Config>
[[nodiscard]] Result<PciRegisters> ReadPciRegisters(const pci::FunctionIo<Config>& io) {
  constexpr std::uint8_t kCommon = 1;
  constexpr std::uint8_t kNotify = 2;
  PciRegisters registers;
  const Result<void> listed = pci::ForEachCapability(io, [&](const pci::Capability& capability) {
    if (capability.id() != pci::kVendorCapability) return true;
    const RegisterArea area{.bar = static_cast<std::uint8_t>(io.ReadAt(capability.offset + 4)),
                            .offset = io.ReadAt(capability.offset + 8),
                            .size = io.ReadAt(capability.offset + 12)};
    const auto kind = static_cast<std::uint8_t>(capability.first_word >> 24);
    if (area.bar >= pci::kBars) return true;  // Reserved: to be ignored.
    if (kind == kCommon && registers.common.size == 0) registers.common = area;
    if (kind == kNotify && registers.notify.size == 0) {
      registers.notify = area;
      registers.notify_multiplier = io.ReadAt(capability.offset + 16);
    }
    return true;
  });
  if (!listed) return std::unexpected(listed.error());
  if (registers.common.size == 0) return std::unexpected(Error::kNotFound);
  if (registers.common.size < pci_common::kSize || registers.notify.size < sizeof(std::uint16_t)) {
    return std::unexpected(Error::kMalformed);
  }
  return registers;
}

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_PCI_CAPABILITIES_H_
