// The port by which the image ends itself, as QEMU's isa-debug-exit.
//
// Source: kernel/abi/ports.h.
#ifndef VMM_DEVICES_EXIT_PORT_H_
#define VMM_DEVICES_EXIT_PORT_H_

#include <cstdint>
#include <optional>

#include "vmm/devices/device.h"

namespace vmm {

class ExitPort final : public Device {
 public:
  std::string_view name() const override { return "exit-port"; }
  Result<void> Read(std::uint64_t offset, std::span<std::byte> bytes) override;
  Result<void> Write(std::uint64_t offset, std::span<const std::byte> bytes) override;

  /// What the image wrote; empty as long as it runs.
  std::optional<std::uint32_t> value() const { return value_; }

 private:
  std::optional<std::uint32_t> value_;
};

/// The application's result, 0 to ABI_EXIT_STATUS_MAX, that `value` stands for; a kGuestFault if it
/// stands for a fault or for nothing.
[[nodiscard]] Result<int> ResultOfExit(std::uint32_t value);

}  // namespace vmm

#endif  // VMM_DEVICES_EXIT_PORT_H_
