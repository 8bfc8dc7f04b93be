// FakeMachine: PCI functions and bridges for host tests, good and bad.
#ifndef KERNEL_DEVICES_PCI_FAKE_MACHINE_H_
#define KERNEL_DEVICES_PCI_FAKE_MACHINE_H_

#include <array>
#include <cstdint>
#include <list>

#include "kernel/devices/pci/config_space.h"

namespace kernel::devices::pci {

/// One function: 64 words and, for each, the bits that a write changes.
struct FakeFunction {
  FakeFunction* bridge = nullptr;  // Null on bus 0.
  std::uint8_t device = 0;
  std::uint8_t function = 0;
  std::array<std::uint32_t, 64> words{};
  std::array<std::uint32_t, 64> writable{};

  std::uint32_t& At(std::uint16_t offset) { return words[offset / 4]; }

  /// A memory BAR (or ports, with `flags` 1) of `size` bytes at `address`; flags 4 makes it wide.
  void AddBar(std::uint8_t index, std::uint64_t size, std::uint64_t address, std::uint32_t flags) {
    const std::uint16_t offset = static_cast<std::uint16_t>(0x10 + 4 * index);
    const std::uint64_t mask = ~(size - 1);
    At(offset) = static_cast<std::uint32_t>(address) | flags;
    writable[offset / 4] = static_cast<std::uint32_t>(mask);
    if (flags != 4) return;
    words[offset / 4 + 1] = static_cast<std::uint32_t>(address >> 32);
    writable[offset / 4 + 1] = static_cast<std::uint32_t>(mask >> 32);
  }
};

class FakeMachine {
 public:
  FakeFunction& Add(std::uint8_t device, std::uint8_t function, FakeFunction* bridge = nullptr) {
    FakeFunction& added = functions_.emplace_back();
    added.bridge = bridge;
    added.device = device;
    added.function = function;
    added.At(0x00) = 0x10411af4;
    added.writable[1] = 0x407;
    return added;
  }

  FakeFunction& AddBridge(std::uint8_t device, FakeFunction* bridge = nullptr) {
    FakeFunction& added = Add(device, 0, bridge);
    added.At(0x0c) = 0x10000;
    added.writable[0x18 / 4] = 0xffffff;
    added.At(0x20) = 0x0000fff0;  // Closed.
    added.writable[0x20 / 4] = 0xfff0fff0;
    return added;
  }

  FakeFunction* Find(FunctionAddress address) {
    for (FakeFunction& candidate : functions_) {
      const bool here =
          candidate.device == address.device && candidate.function == address.function;
      if (here && BusOf(candidate) == address.bus) return &candidate;
    }
    return nullptr;
  }

 private:
  static int BusOf(FakeFunction& function) {
    if (function.bridge == nullptr) return 0;
    const int bus = static_cast<int>(function.bridge->At(0x18) >> 8 & 0xff);
    return bus == 0 ? -1 : bus;  // Not numbered: out of reach.
  }

  std::list<FakeFunction> functions_;
};

/// The ConfigSpace of a FakeMachine that outlives it.
class FakeConfig {
 public:
  explicit FakeConfig(FakeMachine* machine) : machine_(machine) {}

  std::uint32_t Read(FunctionAddress address, std::uint16_t offset) const {
    FakeFunction* const function = machine_->Find(address);
    return function == nullptr || offset > 0xff ? ~std::uint32_t{0} : function->At(offset);
  }

  void Write(FunctionAddress address, std::uint16_t offset, std::uint32_t value) const {
    FakeFunction* const function = machine_->Find(address);
    if (function == nullptr || offset > 0xff) return;
    const std::uint32_t mask = function->writable[offset / 4];
    function->At(offset) = (function->At(offset) & ~mask) | (value & mask);
  }

 private:
  FakeMachine* machine_;
};

}  // namespace kernel::devices::pci

#endif  // KERNEL_DEVICES_PCI_FAKE_MACHINE_H_
