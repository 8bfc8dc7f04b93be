// Devices that a monitor tells of on the command line, as Linux understands it:
//
//   virtio_mmio.device=<size>[K|M]@<address>:<interrupt>[:<number>]
//
// Source: Linux, Documentation/admin-guide/kernel-parameters, "virtio_mmio.device".
#ifndef KERNEL_DEVICES_VIRTIO_COMMAND_LINE_H_
#define KERNEL_DEVICES_VIRTIO_COMMAND_LINE_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace kernel::devices::virtio {

inline constexpr std::string_view kMmioWord = "virtio_mmio.device=";

/// Where a device's registers lie.
struct MmioDevice {
  PhysAddr address;
  Bytes size;
};

/// Removes the next such word, and all before it, from `line`; nothing if there is none.
///
/// kMalformed: a word that says something else. The interrupt is not used: devices are polled.
[[nodiscard]] Result<std::optional<MmioDevice>> TakeMmioDevice(std::string_view& line);

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_COMMAND_LINE_H_
