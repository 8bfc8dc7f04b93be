// Which functions a machine has, over all bridges.
//
// Source: PCI Local Bus Specification 3.0, section 6.1; PCI-to-PCI Bridge 1.2, section 3.2.5.
#ifndef KERNEL_DEVICES_PCI_SCANNER_H_
#define KERNEL_DEVICES_PCI_SCANNER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>

#include "kernel/base/result.h"
#include "kernel/devices/pci/config_space.h"

namespace kernel::devices::pci {

/// One function that answered.
struct Function {
  static constexpr std::uint8_t kDeviceHeader = 0;
  static constexpr std::uint8_t kBridgeHeader = 1;
  /// In `bridge`: on the first bus.
  static constexpr std::uint8_t kNoBridge = 0xff;

  FunctionAddress address;
  std::uint16_t vendor = 0;
  std::uint16_t device = 0;
  std::uint32_t class_code = 0;
  std::uint8_t header_type = kDeviceHeader;
  std::uint8_t bridge = kNoBridge;  // Index in the list of the bridge that leads here.
};

/// The result of a scan, in the order of addresses on each bus; a bridge before what is below it.
struct FunctionList {
  static constexpr std::size_t kMax = 64;

  std::array<Function, kMax> functions;
  std::size_t count = 0;

  std::span<const Function> view() const { return std::span(functions).first(count); }
};

/// Fills a list; gives numbers to the buses that firmware has left without.
template <typename Config>
class Scanner {
 public:
  Scanner(const Config& config, FunctionList& list) : config_(&config), list_(&list) {}

  /// Looks at `first_bus` and all below it.
  ///
  /// kNoSpace: more functions, buses or levels than are kept. kDevice: a bridge does not take a
  /// number.
  [[nodiscard]] Result<void> Scan(std::uint8_t first_bus) {
    highest_bus_ = first_bus;
    return ScanBus(first_bus, Function::kNoBridge, 0);
  }

 private:
  static constexpr int kMaxDepth = 16;
  static constexpr std::uint8_t kDevices = 32;
  static constexpr std::uint8_t kFunctions = 8;

  FunctionIo<Config> Io(FunctionAddress address) const { return {*config_, address}; }

  Result<void> ScanBus(std::uint8_t bus, std::uint8_t bridge, int depth) {
    if (depth == kMaxDepth) return std::unexpected(Error::kNoSpace);
    visited_[bus] = true;
    highest_bus_ = std::max(highest_bus_, bus);
    const std::size_t first = list_->count;
    for (std::uint8_t device = 0; device < kDevices; ++device) {
      if (const auto found = ScanDevice(bus, device, bridge); !found) return found;
    }
    // Only now, so that numbers that firmware gave on this bus are known.
    const std::size_t end = list_->count;
    for (std::size_t i = first; i < end; ++i) {
      if (list_->functions[i].header_type != Function::kBridgeHeader) continue;
      if (const auto below = ScanBridge(static_cast<std::uint8_t>(i), depth); !below) return below;
    }
    return {};
  }

  Result<void> ScanDevice(std::uint8_t bus, std::uint8_t device, std::uint8_t bridge) {
    for (std::uint8_t function = 0; function < kFunctions; ++function) {
      const FunctionIo<Config> io = Io({bus, device, function});
      const Identity identity = io.template Read<Identity>();
      const std::uint16_t vendor = identity.Get(Identity::kVendor);
      const bool present = vendor != 0xffff && vendor != 0;
      if (!present && function == 0) return {};
      if (!present) continue;
      if (list_->count == FunctionList::kMax) return std::unexpected(Error::kNoSpace);
      const Header header = io.template Read<Header>();
      list_->functions[list_->count++] = {.address = {bus, device, function},
                                          .vendor = vendor,
                                          .device = identity.Get(Identity::kDevice),
                                          .class_code = io.template Read<Class>().Get(Class::kCode),
                                          .header_type = header.Get(Header::kType),
                                          .bridge = bridge};
      if (function == 0 && !header.Get(Header::kMultiFunction)) return {};
    }
    return {};
  }

  Result<void> ScanBridge(std::uint8_t index, int depth) {
    const FunctionAddress address = list_->functions[index].address;
    const BusNumbers numbers = Io(address).template Read<BusNumbers>();
    const std::uint8_t secondary = numbers.Get(BusNumbers::kSecondary);
    if (secondary > address.bus && !visited_[secondary]) {
      return ScanBus(secondary, index, depth + 1);
    }
    return NumberAndScan(address, index, depth);
  }

  Result<void> NumberAndScan(FunctionAddress address, std::uint8_t index, int depth) {
    if (highest_bus_ == 0xff) return std::unexpected(Error::kNoSpace);
    const auto bus = static_cast<std::uint8_t>(highest_bus_ + 1);
    const BusNumbers numbers = BusNumbers{}
                                   .With(BusNumbers::kPrimary, address.bus)
                                   .With(BusNumbers::kSecondary, bus)
                                   .With(BusNumbers::kSubordinate, std::uint8_t{0xff});
    Io(address).Write(numbers);
    if (Io(address).template Read<BusNumbers>().Get(BusNumbers::kSecondary) != bus) {
      return std::unexpected(Error::kDevice);
    }
    const Result<void> below = ScanBus(bus, index, depth + 1);
    Io(address).Write(numbers.With(BusNumbers::kSubordinate, highest_bus_));
    return below;
  }

  const Config* config_;
  FunctionList* list_;
  std::array<bool, 256> visited_{};
  std::uint8_t highest_bus_ = 0;
};

}  // namespace kernel::devices::pci

#endif  // KERNEL_DEVICES_PCI_SCANNER_H_
