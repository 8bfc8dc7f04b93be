// A machine whose configuration space says anything at all, differently each time: scanning ends,
// and what is mapped lies in the window, or is refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>

#include "kernel/base/result.h"
#include "kernel/devices/pci/address_window.h"
#include "kernel/devices/pci/bar.h"
#include "kernel/devices/pci/bus.h"
#include "kernel/devices/pci/capabilities.h"
#include "kernel/devices/pci/config_space.h"
#include "kernel/devices/pci/scanner.h"

namespace {

using kernel::devices::pci::AddressWindow;
using kernel::devices::pci::Capability;
using kernel::devices::pci::FunctionAddress;

/// Each read takes the next word of the input; after its end all reads are ones. A write is kept,
/// as most devices do, for the next read if the input says so.
class FuzzConfig {
 public:
  FuzzConfig(std::span<const std::uint8_t>* input, std::uint32_t* written)
      : input_(input), written_(written) {}

  std::uint32_t Read(FunctionAddress, std::uint16_t) const {
    std::uint32_t word = ~std::uint32_t{0};
    if (input_->size() < sizeof(word)) return word;
    std::memcpy(&word, input_->data(), sizeof(word));
    *input_ = input_->subspan(sizeof(word));
    constexpr std::uint32_t kEcho = 0x80;
    return (word >> 24) == kEcho ? *written_ & (word | 0xff000000) : word;
  }
  void Write(FunctionAddress, std::uint16_t, std::uint32_t value) const { *written_ = value; }

 private:
  std::span<const std::uint8_t>* input_;
  std::uint32_t* written_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::span<const std::uint8_t> input(data, size);
  std::uint32_t written = 0;
  const AddressWindow memory(0xc0000000, 0xfec00000);
  kernel::devices::pci::Bus bus(FuzzConfig(&input, &written), memory, AddressWindow(0x800, 0xa00));
  const kernel::Result<void> scanned = bus.Scan(0);
  if (!scanned && scanned.error() == kernel::Error::kMalformed) std::abort();
  for (const auto& function : bus.functions()) {
    std::size_t visited = 0;
    const auto count = [&](const Capability&) { return ++visited < 1000; };
    if (kernel::devices::pci::ForEachCapability(bus.Io(function), count) && visited > 48) {
      std::abort();
    }
    for (std::uint8_t index = 0; index < kernel::devices::pci::kBars; ++index) {
      const auto bar = bus.Map(function, index);
      if (bar && !bar->ports && !memory.Contains(bar->address, bar->size)) std::abort();
    }
  }
  return 0;
}
