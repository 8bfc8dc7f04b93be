#include "vmm/bus/port_bus.h"

#include <algorithm>

#include "kernel/base/check.h"

namespace vmm {

void PortBus::Add(std::uint16_t first, std::uint16_t count, Device& device) {
  const Window added = {.first = first, .end = std::uint32_t{first} + count, .device = &device};
  CHECK(count != 0 && added.end <= 0x10000);
  for (const Window& window : windows_) {
    CHECK(added.end <= window.first || window.end <= added.first);
  }
  windows_.push_back(added);
}

const PortBus::Window* PortBus::Find(std::uint16_t port, std::size_t size) const {
  for (const Window& window : windows_) {
    if (port < window.first || port >= window.end) continue;
    // An access that begins in a window and leaves it belongs to nobody.
    const bool is_single = window.end == window.first + 1;
    return is_single || port + size <= window.end ? &window : nullptr;
  }
  return nullptr;
}

Result<void> PortBus::Read(std::uint16_t port, std::span<std::byte> bytes) {
  const Window* const window = Find(port, bytes.size());
  if (window == nullptr) {
    std::ranges::fill(bytes, std::byte{0xff});
    return {};
  }
  return window->device->Read(port - window->first, bytes);
}

Result<void> PortBus::Write(std::uint16_t port, std::span<const std::byte> bytes) {
  const Window* const window = Find(port, bytes.size());
  if (window == nullptr) return {};
  return window->device->Write(port - window->first, bytes);
}

}  // namespace vmm
