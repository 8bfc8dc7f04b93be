// The one interface between a VM exit and an emulated device.
#ifndef VMM_DEVICES_DEVICE_H_
#define VMM_DEVICES_DEVICE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "vmm/base/result.h"

namespace vmm {

/// A device that answers reads and writes in a window of port or MMIO space.
///
/// The bus has already checked that offset + bytes.size() stays in the window, if that has more
/// than one port. The bytes come from the guest: a device must treat every value as hostile. Calls
/// arrive on a vCPU thread, one at a time for one device.
class Device {
 public:
  virtual ~Device() = default;

  /// Name for logs and errors; a literal, e.g. "exit-port".
  virtual std::string_view name() const = 0;

  /// Fills `bytes` (1, 2, 4 or 8 of them) with what the guest reads at `offset`.
  virtual Result<void> Read(std::uint64_t offset, std::span<std::byte> bytes) = 0;

  /// Takes `bytes` (1, 2, 4 or 8 of them) that the guest wrote at `offset`.
  virtual Result<void> Write(std::uint64_t offset, std::span<const std::byte> bytes) = 0;
};

}  // namespace vmm

#endif  // VMM_DEVICES_DEVICE_H_
