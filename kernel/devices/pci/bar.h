// Base address registers: what they say, and how large what lies behind them is.
//
// Source: PCI Local Bus Specification 3.0, section 6.2.5.
#ifndef KERNEL_DEVICES_PCI_BAR_H_
#define KERNEL_DEVICES_PCI_BAR_H_

#include <bit>
#include <cstdint>
#include <expected>

#include "kernel/base/result.h"
#include "kernel/devices/pci/config_space.h"

namespace kernel::devices::pci {

/// A range of ports or memory that a function has.
struct Bar {
  std::uint8_t index;     // 0 to 5; of a wide one, that of its lower half.
  bool ports;             // Else memory.
  bool wide;              // 64 bits, in two registers.
  std::uint64_t address;  // 0 while nobody has assigned one.
  std::uint64_t size;     // A power of two.
};

constexpr std::uint16_t BarOffset(std::uint8_t index) {
  return static_cast<std::uint16_t>(0x10 + 4 * index);
}

/// Writes an address to a BAR. The function must not decode meanwhile.
template <typename Config>
void WriteBar(const FunctionIo<Config>& io, const Bar& bar, std::uint64_t address) {
  io.WriteAt(BarOffset(bar.index), static_cast<std::uint32_t>(address));
  if (bar.wide) {
    io.WriteAt(BarOffset(static_cast<std::uint8_t>(bar.index + 1)),
               static_cast<std::uint32_t>(address >> 32));
  }
}

/// What a register of 32 or 64 bits keeps of ones, with `kept` bits that it answered.
struct BarProbe {
  std::uint64_t value;  // Before, to be put back.
  std::uint64_t ones;   // After ones were written.
};

template <typename Config>
BarProbe ProbeBar(const FunctionIo<Config>& io, std::uint8_t index, bool wide) {
  BarProbe probe{};
  for (std::uint8_t half = 0; half < (wide ? 2 : 1); ++half) {
    const std::uint16_t offset = BarOffset(static_cast<std::uint8_t>(index + half));
    const std::uint32_t value = io.ReadAt(offset);
    io.WriteAt(offset, ~std::uint32_t{0});
    const std::uint32_t ones = io.ReadAt(offset);
    io.WriteAt(offset, value);
    probe.value |= std::uint64_t{value} << (32 * half);
    probe.ones |= std::uint64_t{ones} << (32 * half);
  }
  return probe;
}

/// Reads and sizes BAR `index` of a device. The function decodes nothing meanwhile.
///
/// kNotFound: it has no such BAR. kMalformed: its type or size cannot be. kNotSupported: it wants
/// to lie below 1 MiB, as nothing does any more. kInvalidArgument: no such index.
template <typename Config>
[[nodiscard]] Result<Bar> ReadBar(const FunctionIo<Config>& io, std::uint8_t index) {
  if (index >= kBars) return std::unexpected(Error::kInvalidArgument);
  constexpr std::uint32_t kPorts = 1;
  const std::uint32_t low = io.ReadAt(BarOffset(index));
  const bool ports = (low & kPorts) != 0;
  const std::uint32_t type = low >> 1 & 3;  // Of memory: 0 = 32 bits, 1 = below 1 MiB, 2 = 64 bits.
  const bool wide = !ports && type == 2;
  if (!ports && type == 3) return std::unexpected(Error::kMalformed);
  if (!ports && type == 1) return std::unexpected(Error::kNotSupported);
  if (wide && index + 1 == kBars) return std::unexpected(Error::kMalformed);

  const Command command = io.template Read<Command>();
  io.WriteCommand(command.With(Command::kPorts, false).With(Command::kMemory, false));
  const BarProbe probe = ProbeBar(io, index, wide);
  io.WriteCommand(command);

  const std::uint64_t flags = ports ? 0x3 : 0xf;
  std::uint64_t mask = probe.ones & ~flags;
  if (mask == 0) return std::unexpected(Error::kNotFound);
  // The upper half of a port's register may be fixed at 0; ports have 16 bits.
  if (ports) mask = mask | 0xffff0000;
  const std::uint64_t size = std::uint64_t{1} << std::countr_zero(mask);
  const std::uint64_t full = wide ? ~std::uint64_t{0} : 0xffffffff;
  if (mask != (full & ~(size - 1))) return std::unexpected(Error::kMalformed);
  return Bar{.index = index,
             .ports = ports,
             .wide = wide,
             .address = probe.value & ~flags & full,
             .size = size};
}

}  // namespace kernel::devices::pci

#endif  // KERNEL_DEVICES_PCI_BAR_H_
