// PortBus: which device answers at which I/O port.
#ifndef VMM_BUS_PORT_BUS_H_
#define VMM_BUS_PORT_BUS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vmm/base/result.h"
#include "vmm/devices/device.h"

namespace vmm {

class PortBus {
 public:
  /// `device` answers at [first, first + count). It must outlive the bus; windows may not overlap.
  /// A device of one port takes accesses of every width there: its neighbours are other devices.
  void Add(std::uint16_t first, std::uint16_t count, Device& device);

  /// Ports without a device behave as on a PC: reads give all ones, writes are lost. Guests probe.
  Result<void> Read(std::uint16_t port, std::span<std::byte> bytes);
  Result<void> Write(std::uint16_t port, std::span<const std::byte> bytes);

 private:
  struct Window {
    std::uint32_t first;
    std::uint32_t end;
    Device* device;
  };

  const Window* Find(std::uint16_t port, std::size_t size) const;

  std::vector<Window> windows_;  // A handful: searched in order.
};

}  // namespace vmm

#endif  // VMM_BUS_PORT_BUS_H_
