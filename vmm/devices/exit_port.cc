#include "vmm/devices/exit_port.h"

#include <algorithm>
#include <cstring>

#include "kernel/abi/ports.h"
#include "vmm/base/text.h"

namespace vmm {

Result<void> ExitPort::Read(std::uint64_t, std::span<std::byte> bytes) {
  std::ranges::fill(bytes, std::byte{0xff});
  return {};
}

Result<void> ExitPort::Write(std::uint64_t, std::span<const std::byte> bytes) {
  std::uint32_t value = 0;
  // Narrower writes end QEMU as well, with the upper bytes zero.
  std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof(value)));
  value_ = value;
  return {};
}

Result<int> ResultOfExit(std::uint32_t value) {
  if (value == ABI_EXIT_FAULT) return GuestFault("the image ended by a fault; its report is above");
  if (value == ABI_EXIT_NUCLEUS_FAULT) {
    return GuestFault("the image ended by a fault in ring 0 or in its own fault handler");
  }
  if (value < ABI_EXIT_STATUS_BASE || value > ABI_EXIT_STATUS_BASE + ABI_EXIT_STATUS_MAX) {
    return GuestFault(Cat("the image wrote ", Hex{value},
                          " to the exit port, which means nothing (kernel/abi/ports.h)"));
  }
  return static_cast<int>(value - ABI_EXIT_STATUS_BASE);
}

}  // namespace vmm
