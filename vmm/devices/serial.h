// A 16550 that sends, for images of others: no interrupts, nothing ever received, always ready.
//
// Source: National Semiconductor PC16550D data sheet, section 8 (registers).
#ifndef VMM_DEVICES_SERIAL_H_
#define VMM_DEVICES_SERIAL_H_

#include <array>
#include <cstdint>

#include "vmm/devices/console.h"
#include "vmm/devices/device.h"

namespace vmm {

class Serial final : public Device {
 public:
  /// Ports that it takes from ABI_SERIAL_PORT on.
  static constexpr std::uint16_t kPorts = 8;

  explicit Serial(Console& console) : console_(console) {}

  std::string_view name() const override { return "serial"; }
  Result<void> Read(std::uint64_t offset, std::span<std::byte> bytes) override;
  Result<void> Write(std::uint64_t offset, std::span<const std::byte> bytes) override;

 private:
  bool divisor_latch() const;
  std::uint8_t ReadRegister(std::uint64_t offset) const;
  Result<void> WriteRegister(std::uint64_t offset, std::uint8_t value);

  Console& console_;
  // What a driver writes and expects to read back, by offset.
  std::array<std::uint8_t, kPorts> registers_ = {};
  std::array<std::uint8_t, 2> divisor_ = {};
};

}  // namespace vmm

#endif  // VMM_DEVICES_SERIAL_H_
