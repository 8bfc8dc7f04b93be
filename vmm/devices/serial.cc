#include "vmm/devices/serial.h"

#include <bit>

namespace vmm {
namespace {

constexpr std::uint64_t kData = 0;             // With the latch bit: divisor, low byte.
constexpr std::uint64_t kInterruptEnable = 1;  // With the latch bit: divisor, high byte.
constexpr std::uint64_t kInterruptIdentity = 2;
constexpr std::uint64_t kLineControl = 3;
constexpr std::uint64_t kModemControl = 4;
constexpr std::uint64_t kLineStatus = 5;
constexpr std::uint64_t kModemStatus = 6;

constexpr std::uint8_t kLatchBit = 0x80;        // Line control.
constexpr std::uint8_t kLoopBit = 0x10;         // Modem control.
constexpr std::uint8_t kNothingPending = 0x01;  // Interrupt identity.
constexpr std::uint8_t kFifosOn = 0xc0;
constexpr std::uint8_t kSenderEmpty = 0x60;  // Line status: holding register and shifter.
constexpr std::uint8_t kConnected = 0xb0;    // Modem status: carrier, ready, clear to send.

}  // namespace

bool Serial::divisor_latch() const { return (registers_[kLineControl] & kLatchBit) != 0; }

std::uint8_t Serial::ReadRegister(std::uint64_t offset) const {
  switch (offset) {
    case kData:
      return divisor_latch() ? divisor_[0] : 0;
    case kInterruptEnable:
      return divisor_latch() ? divisor_[1] : registers_[kInterruptEnable];
    case kInterruptIdentity:
      return kNothingPending | kFifosOn;
    case kLineStatus:
      return kSenderEmpty;
    case kModemStatus:
      return kConnected;
    default:
      return registers_[offset];
  }
}

Result<void> Serial::WriteRegister(std::uint64_t offset, std::uint8_t value) {
  if (divisor_latch() && offset <= kInterruptEnable) {
    divisor_[offset] = value;
    return {};
  }
  if (offset != kData) {
    registers_[offset] = value;
    return {};
  }
  // What a driver sends to itself, to see whether there is a device, nobody else should read.
  if ((registers_[kModemControl] & kLoopBit) != 0) return {};
  return console_.Put(std::bit_cast<char>(value));
}

Result<void> Serial::Read(std::uint64_t offset, std::span<std::byte> bytes) {
  for (std::byte& byte : bytes) byte = std::byte{ReadRegister(offset++)};
  return {};
}

Result<void> Serial::Write(std::uint64_t offset, std::span<const std::byte> bytes) {
  for (const std::byte byte : bytes) {
    const auto written = WriteRegister(offset++, std::to_integer<std::uint8_t>(byte));
    if (!written) return written;
  }
  return {};
}

}  // namespace vmm
