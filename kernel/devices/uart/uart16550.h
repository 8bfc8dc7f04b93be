// Driver for the 16550A serial port: polled output, no interrupts.
//
// Source: National Semiconductor PC16550D data sheet, June 1995, section 8.
// Owner:  one core; the caller serialises. Nothing here allocates.
#ifndef KERNEL_DEVICES_UART_UART16550_H_
#define KERNEL_DEVICES_UART_UART16550_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "kernel/base/register.h"

namespace kernel::devices {

struct TransmitHolding : Register<TransmitHolding, std::uint8_t, 0> {
  static constexpr Field<7, 0, std::uint8_t> kData{};
};

/// With LineControl::kDivisorLatch set, in the place of TransmitHolding.
struct DivisorLow : Register<DivisorLow, std::uint8_t, 0> {
  static constexpr Field<7, 0, std::uint8_t> kValue{};
};

/// With LineControl::kDivisorLatch set, in the place of InterruptEnable.
struct DivisorHigh : Register<DivisorHigh, std::uint8_t, 1> {
  static constexpr Field<7, 0, std::uint8_t> kValue{};
};

struct InterruptEnable : Register<InterruptEnable, std::uint8_t, 1> {};

struct FifoControl : Register<FifoControl, std::uint8_t, 2> {
  static constexpr Flag<0> kEnable{};
  static constexpr Flag<1> kResetReceive{};
  static constexpr Flag<2> kResetTransmit{};
};

struct LineControl : Register<LineControl, std::uint8_t, 3> {
  static constexpr Field<1, 0, std::uint8_t> kWordLength{};  // 3 = 8 bits.
  static constexpr Flag<7> kDivisorLatch{};
};

struct LineStatus : Register<LineStatus, std::uint8_t, 5> {
  static constexpr Flag<5> kTransmitHoldingEmpty{};
};

struct Scratch : Register<Scratch, std::uint8_t, 7> {
  static constexpr Field<7, 0, std::uint8_t> kValue{};
};

/// Io reaches the port's registers: arch::PortIo in the kernel, arch::FakeIo in tests.
template <typename Io>
class Uart16550 {
 public:
  /// Bytes the transmit FIFO takes once LineStatus says that it is empty.
  static constexpr std::size_t kFifoDepth = 16;

  explicit constexpr Uart16550(Io io) : io_(io) {}

  /// Whether there is a device: one that keeps what is written to its scratch register.
  bool IsPresent() const {
    for (const std::uint8_t pattern : {std::uint8_t{0x5a}, std::uint8_t{0xa5}}) {
      io_.Write(Scratch{}.With(Scratch::kValue, pattern));
      if (io_.template Read<Scratch>().Get(Scratch::kValue) != pattern) return false;
    }
    return true;
  }

  /// 115200 baud, 8 data bits, no parity, one stop bit; empty FIFOs, no interrupts.
  void Init() {
    constexpr LineControl kLine = LineControl{}.With(LineControl::kWordLength, std::uint8_t{3});
    io_.Write(InterruptEnable{});
    io_.Write(kLine.With(LineControl::kDivisorLatch, true));
    io_.Write(DivisorLow{}.With(DivisorLow::kValue, std::uint8_t{1}));
    io_.Write(DivisorHigh{});
    io_.Write(kLine);
    io_.Write(FifoControl{}
                  .With(FifoControl::kEnable, true)
                  .With(FifoControl::kResetReceive, true)
                  .With(FifoControl::kResetTransmit, true));
  }

  /// Sends a prefix of `text` without waiting.
  ///
  /// Returns the count of bytes taken, 0 to kFifoDepth; 0 means busy, try again.
  [[nodiscard]] std::size_t TryWrite(std::string_view text) {
    if (!io_.template Read<LineStatus>().Get(LineStatus::kTransmitHoldingEmpty)) return 0;
    const std::size_t count = std::min(text.size(), kFifoDepth);
    for (const char character : text.substr(0, count)) {
      io_.Write(
          TransmitHolding{}.With(TransmitHolding::kData, static_cast<std::uint8_t>(character)));
    }
    return count;
  }

  /// Sends all of `text`, waiting for the line; gives up once the device has been busy `patience`
  /// times in a row.
  ///
  /// Returns whether all was sent.
  bool Write(std::string_view text, std::uint32_t patience) {
    std::uint32_t tries = 0;
    while (!text.empty()) {
      const std::size_t sent = TryWrite(text);
      text.remove_prefix(sent);
      tries = sent == 0 ? tries + 1 : 0;
      if (tries > patience) return false;
    }
    return true;
  }

 private:
  Io io_;
};

}  // namespace kernel::devices

#endif  // KERNEL_DEVICES_UART_UART16550_H_
