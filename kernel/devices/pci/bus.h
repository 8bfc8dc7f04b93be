// Bus: the PCI functions of a machine, with their registers brought to where ring 3 reaches them.
//
// Source: PCI Local Bus Specification 3.0, section 6.2.5; PCI-to-PCI Bridge 1.2, section 3.2.5.8.
// Owner:  one core.
#ifndef KERNEL_DEVICES_PCI_BUS_H_
#define KERNEL_DEVICES_PCI_BUS_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>

#include "kernel/base/result.h"
#include "kernel/devices/pci/address_window.h"
#include "kernel/devices/pci/bar.h"
#include "kernel/devices/pci/config_space.h"
#include "kernel/devices/pci/scanner.h"

namespace kernel::devices::pci {

/// Config is a ConfigSpace, or a fake.
template <typename Config>
class Bus {
 public:
  /// `memory` and `ports` are what the image can reach, with all reserved that is no function's.
  Bus(const Config& config, const AddressWindow& memory, const AddressWindow& ports)
      : config_(config), memory_(memory), ports_(ports) {}

  /// Finds all functions. Errors as Scanner::Scan. Called once.
  [[nodiscard]] Result<void> Scan(std::uint8_t first_bus) {
    return Scanner<Config>(config_, list_).Scan(first_bus);
  }

  /// All functions, bridges too.
  std::span<const Function> functions() const { return list_.view(); }

  FunctionIo<Config> Io(const Function& function) const { return {config_, function.address}; }

  /// Brings BAR `index` of a device to where the image reaches it, if firmware has not, and lets
  /// the device decode it and master the bus, without interrupts.
  ///
  /// Errors of ReadBar. kNoSpace: there is no room. kNotSupported: below a bridge whose window
  /// firmware has opened, or ports below a bridge. kDevice: the BAR does not keep its address.
  [[nodiscard]] Result<Bar> Map(const Function& function, std::uint8_t index) {
    if (function.header_type != Function::kDeviceHeader) {
      return std::unexpected(Error::kInvalidArgument);
    }
    const FunctionIo<Config> io = Io(function);
    Result<Bar> bar = ReadBar(io, index);
    if (!bar) return bar;
    const AddressWindow& window = bar->ports ? ports_ : memory_;
    if (!window.Contains(bar->address, bar->size)) {
      if (const Result<void> placed = Place(function, *bar); !placed) {
        return std::unexpected(placed.error());
      }
    }
    const Command command = io.template Read<Command>();
    io.WriteCommand(command.With(Command::kPorts, bar->ports || command.Get(Command::kPorts))
                        .With(Command::kMemory, !bar->ports || command.Get(Command::kMemory))
                        .With(Command::kBusMaster, true)
                        .With(Command::kNoInterrupt, true));
    return bar;
  }

 private:
  static constexpr std::uint64_t kMegabyte = 1 << 20;
  /// What a bridge gets that has no window: enough for some devices of today.
  static constexpr std::uint64_t kBridgeWindow = 4 * kMegabyte;

  /// What is left of a window that we have opened.
  struct BridgeSpace {
    std::uint64_t next = 0;
    std::uint64_t end = 0;
  };

  Result<void> Place(const Function& function, Bar& bar) {
    if (const Result<void> reserved = ReserveAssigned(); !reserved) return reserved;
    const Result<std::uint64_t> base =
        bar.ports ? TakePorts(function, bar.size) : TakeMemory(function.bridge, bar.size);
    if (!base) return std::unexpected(base.error());
    const FunctionIo<Config> io = Io(function);
    const Command command = io.template Read<Command>();
    io.WriteCommand(command.With(Command::kPorts, false).With(Command::kMemory, false));
    WriteBar(io, bar, *base);
    io.WriteCommand(command);
    const Result<Bar> kept = ReadBar(io, bar.index);
    if (!kept || kept->address != *base) return std::unexpected(Error::kDevice);
    bar.address = *base;
    return {};
  }

  /// Keeps what firmware has assigned out of what is handed out. Only when something is: sizing all
  /// BARs takes many slow accesses.
  Result<void> ReserveAssigned() {
    if (reserved_) return {};
    reserved_ = true;
    for (const Function& function : list_.view()) {
      const Result<void> done = function.header_type == Function::kDeviceHeader
                                    ? ReserveDevice(Io(function))
                                    : ReserveBridge(function);
      if (!done) return done;
    }
    return {};
  }

  Result<void> ReserveDevice(const FunctionIo<Config>& io) {
    for (std::uint8_t index = 0; index < kBars; ++index) {
      const Result<Bar> bar = ReadBar(io, index);
      // What is no BAR, or no good one, lies nowhere.
      if (!bar) continue;
      if (bar->wide) ++index;
      if (bar->address == 0) continue;
      AddressWindow& window = bar->ports ? ports_ : memory_;
      if (const auto done = window.Reserve(bar->address, bar->size); !done) return done;
    }
    return {};
  }

  Result<void> ReserveBridge(const Function& function) {
    if (function.header_type != Function::kBridgeHeader) return {};
    const MemoryWindow window = Io(function).template Read<MemoryWindow>();
    if (!IsOpen(window)) return {};
    const std::uint64_t base = window.Get(MemoryWindow::kBase) * kMegabyte;
    return memory_.Reserve(base, (window.Get(MemoryWindow::kLimit) + 1) * kMegabyte - base);
  }

  /// A window of all zeros is one that nobody has set: it would lie in RAM.
  static bool IsOpen(MemoryWindow window) {
    const std::uint32_t base = window.Get(MemoryWindow::kBase);
    return base != 0 && base <= window.Get(MemoryWindow::kLimit);
  }

  Result<std::uint64_t> TakePorts(const Function& function, std::uint64_t size) {
    // A bridge opens ports by 4096 only: more than ring 3 has.
    if (function.bridge != Function::kNoBridge) return std::unexpected(Error::kNotSupported);
    return ports_.Take(size);
  }

  /// Memory that `bridge` passes on. The bridges above pass it on too.
  Result<std::uint64_t> TakeMemory(std::uint8_t bridge, std::uint64_t size) {
    if (bridge == Function::kNoBridge) return memory_.Take(size);
    BridgeSpace& space = spaces_[bridge];
    if (space.end == 0) {
      if (const Result<void> opened = Open(bridge, std::max(size, kBridgeWindow)); !opened) {
        return std::unexpected(opened.error());
      }
    }
    const std::uint64_t base = (space.next + size - 1) & ~(size - 1);
    if (base > space.end || size > space.end - base) return std::unexpected(Error::kNoSpace);
    space.next = base + size;
    return base;
  }

  Result<void> Open(std::uint8_t bridge, std::uint64_t size) {
    const Function& function = list_.functions[bridge];
    const FunctionIo<Config> io = Io(function);
    if (IsOpen(io.template Read<MemoryWindow>())) return std::unexpected(Error::kNotSupported);
    const Result<std::uint64_t> base = TakeMemory(function.bridge, size);
    if (!base) return std::unexpected(base.error());
    io.Write(MemoryWindow{}
                 .With(MemoryWindow::kBase, static_cast<std::uint32_t>(*base / kMegabyte))
                 .With(MemoryWindow::kLimit,
                       static_cast<std::uint32_t>((*base + size - 1) / kMegabyte)));
    io.WriteCommand(
        io.template Read<Command>().With(Command::kMemory, true).With(Command::kBusMaster, true));
    spaces_[bridge] = {*base, *base + size};
    return {};
  }

  Config config_;
  FunctionList list_;
  AddressWindow memory_;
  AddressWindow ports_;
  std::array<BridgeSpace, FunctionList::kMax> spaces_{};
  bool reserved_ = false;
};

}  // namespace kernel::devices::pci

#endif  // KERNEL_DEVICES_PCI_BUS_H_
