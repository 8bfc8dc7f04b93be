// PCI configuration space: how it is reached, and the registers that every function has.
//
// Source: PCI Local Bus Specification 3.0, sections 3.2.2.3.2 (ports) and 6 (registers); PCI
//         Express Base Specification 5.0, section 7.2.2 (ECAM); PCI-to-PCI Bridge 1.2, section 3.2.
// Owner:  one core; an access by ports is two accesses.
#ifndef KERNEL_DEVICES_PCI_CONFIG_SPACE_H_
#define KERNEL_DEVICES_PCI_CONFIG_SPACE_H_

#include <compare>
#include <cstdint>
#include <optional>

#include "kernel/acpi/mcfg.h"
#include "kernel/base/address.h"
#include "kernel/base/register.h"

namespace kernel::devices::pci {

/// Which function of the machine: bus, device 0 to 31, function 0 to 7.
struct FunctionAddress {
  std::uint8_t bus = 0;
  std::uint8_t device = 0;
  std::uint8_t function = 0;

  constexpr auto operator<=>(const FunctionAddress&) const = default;
  /// As both ways to configuration space count.
  constexpr std::uint32_t raw() const {
    return static_cast<std::uint32_t>(bus) << 8 | static_cast<std::uint32_t>(device) << 3 |
           function;
  }
};

/// First of the two ports.
inline constexpr std::uint16_t kConfigPort = 0xcf8;

struct ConfigAddress : Register<ConfigAddress, std::uint32_t, 0> {
  static constexpr Field<7, 0, std::uint32_t> kOffset8{};
  static constexpr Field<23, 8, std::uint32_t> kFunction{};
  static constexpr Flag<31> kEnable{};
};

struct ConfigData : Register<ConfigData, std::uint32_t, 4> {
  static constexpr Field<31, 0, std::uint32_t> kValue{};
};

/// Configuration space by ECAM where there is one, else by ports. Words of 32 bits; what is not
/// there reads as all ones.
///
/// Ports and Memory are Ios; Memory is made from an address.
template <typename Ports, typename Memory>
class ConfigSpace {
 public:
  ConfigSpace(std::optional<Ports> ports, std::optional<acpi::Ecam> ecam)
      : ports_(ports), ecam_(ecam) {}

  /// Whether the ports are there: the address register keeps what is written.
  static bool HasPorts(Ports ports) {
    constexpr ConfigAddress kFirst = ConfigAddress{}.With(ConfigAddress::kEnable, true);
    ports.Write(kFirst);
    return ports.template Read<ConfigAddress>().raw == kFirst.raw;
  }

  /// `offset` is a multiple of 4, below 4096.
  std::uint32_t Read(FunctionAddress function, std::uint16_t offset) const {
    if (InEcam(function)) return At(function).template ReadAt<std::uint32_t>(offset);
    if (!Select(function, offset)) return ~std::uint32_t{0};
    return ports_->template Read<ConfigData>().raw;
  }

  void Write(FunctionAddress function, std::uint16_t offset, std::uint32_t value) const {
    if (InEcam(function)) return At(function).template WriteAt<std::uint32_t>(offset, value);
    if (!Select(function, offset)) return;
    ports_->Write(ConfigData{}.With(ConfigData::kValue, value));
  }

 private:
  bool InEcam(FunctionAddress function) const {
    return ecam_ && function.bus >= ecam_->first_bus && function.bus <= ecam_->last_bus;
  }

  Memory At(FunctionAddress function) const {
    return Memory(ecam_->base + Bytes(std::uint64_t{function.raw()} << 12));
  }

  bool Select(FunctionAddress function, std::uint16_t offset) const {
    // By ports only the first 256 bytes can be reached.
    if (!ports_ || offset > 0xff) return false;
    ports_->Write(ConfigAddress{}
                      .With(ConfigAddress::kOffset8, std::uint32_t{offset})
                      .With(ConfigAddress::kFunction, function.raw())
                      .With(ConfigAddress::kEnable, true));
    return true;
  }

  std::optional<Ports> ports_;
  std::optional<acpi::Ecam> ecam_;
};

struct Identity : Register<Identity, std::uint32_t, 0x00> {
  static constexpr Field<15, 0, std::uint16_t> kVendor{};
  static constexpr Field<31, 16, std::uint16_t> kDevice{};
};

/// Command below, status above. Bits of the status are cleared by writing ones: write zeros.
struct Command : Register<Command, std::uint32_t, 0x04> {
  static constexpr Flag<0> kPorts{};
  static constexpr Flag<1> kMemory{};
  static constexpr Flag<2> kBusMaster{};
  static constexpr Flag<10> kNoInterrupt{};
  static constexpr Flag<20> kHasCapabilities{};
  static constexpr Field<31, 16, std::uint16_t> kStatus{};
};

struct Class : Register<Class, std::uint32_t, 0x08> {
  static constexpr Field<31, 8, std::uint32_t> kCode{};  // Class, subclass, interface.
};

struct Header : Register<Header, std::uint32_t, 0x0c> {
  static constexpr Field<22, 16, std::uint8_t> kType{};  // 0 = device, 1 = bridge.
  static constexpr Flag<23> kMultiFunction{};
};

struct CapabilitiesPointer : Register<CapabilitiesPointer, std::uint32_t, 0x34> {
  static constexpr Field<7, 0, std::uint8_t> kOffset8{};
};

/// How many base address registers a device has: kernel/devices/pci/bar.h.
inline constexpr std::uint8_t kBars = 6;

/// Of a bridge.
struct BusNumbers : Register<BusNumbers, std::uint32_t, 0x18> {
  static constexpr Field<7, 0, std::uint8_t> kPrimary{};
  static constexpr Field<15, 8, std::uint8_t> kSecondary{};
  static constexpr Field<23, 16, std::uint8_t> kSubordinate{};
};

/// Of a bridge, in MiB: memory of the buses below. Closed while the base is above the limit.
struct MemoryWindow : Register<MemoryWindow, std::uint32_t, 0x20> {
  static constexpr Field<15, 4, std::uint32_t> kBase{};
  static constexpr Field<31, 20, std::uint32_t> kLimit{};  // Inclusive.
};

/// The Io of one function's registers.
template <typename Config>
class FunctionIo {
 public:
  FunctionIo(const Config& config, FunctionAddress address) : config_(&config), address_(address) {}

  template <typename R>
  R Read() const {
    R value;
    value.raw = ReadAt(R::kOffset);
    return value;
  }

  template <typename R>
  void Write(R value) const {
    WriteAt(R::kOffset, value.raw);
  }

  std::uint32_t ReadAt(std::uint16_t offset) const { return config_->Read(address_, offset); }
  void WriteAt(std::uint16_t offset, std::uint32_t value) const {
    config_->Write(address_, offset, value);
  }

  /// Changes the command, without clearing a bit of the status.
  void WriteCommand(Command command) const {
    Write(command.With(Command::kStatus, std::uint16_t{0}));
  }

 private:
  const Config* config_;
  FunctionAddress address_;
};

}  // namespace kernel::devices::pci

#endif  // KERNEL_DEVICES_PCI_CONFIG_SPACE_H_
