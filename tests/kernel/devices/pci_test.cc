// The PCI functions of QEMU's machines, as whatever firmware there was has left them.
//
// Each machine has a virtio-rng-pci on its first bus and another below a bridge.
#include <cstdint>

#include "kernel/arch/x86_64/mmio.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/devices/pci/bar.h"
#include "kernel/devices/pci/capabilities.h"
#include "kernel/devices/pci/machine_bus.h"
#include "kernel/devices/pci/scanner.h"
#include "kernel/testing/testing.h"
#include "tests/kernel/devices/handoff.h"

namespace kernel::devices::pci {
namespace {

constexpr std::uint16_t kVirtioVendor = 0x1af4;
constexpr std::uint16_t kEntropyDevice = 0x1044;

/// The nth virtio-rng, or null.
const Function* FindEntropy(MachineBus& bus, int n) {
  for (const Function& function : bus.functions()) {
    const bool is_entropy = function.vendor == kVirtioVendor && function.device == kEntropyDevice;
    if (is_entropy && n-- == 0) return &function;
  }
  return nullptr;
}

TEST(Pci, TheMachineHasABusWithBridges) {
  const Result<MachineBus*> bus = GetMachineBus(handoff::Get());
  ASSERT_TRUE(bus.has_value());
  ASSERT_TRUE(FindEntropy(**bus, 0) != nullptr);
  ASSERT_TRUE(FindEntropy(**bus, 1) != nullptr);
  EXPECT_TRUE(FindEntropy(**bus, 0)->address.bus != FindEntropy(**bus, 1)->address.bus);
}

TEST(Pci, RegistersCanBeReachedOnEveryBus) {
  const Result<MachineBus*> bus = GetMachineBus(handoff::Get());
  ASSERT_TRUE(bus.has_value());
  for (int n = 0; n < 2; ++n) {
    const Function* const function = FindEntropy(**bus, n);
    ASSERT_TRUE(function != nullptr);
    const Result<Msix> msix = ReadMsix((*bus)->Io(*function));
    ASSERT_TRUE(msix.has_value());
    const Result<Bar> bar = (*bus)->Map(*function, msix->table_bar);
    ASSERT_TRUE(bar.has_value());
    EXPECT_FALSE(bar->ports);
    EXPECT_GE(bar->address, 0xc0000000u);
    EXPECT_LE(bar->address + bar->size, 0xfec00000u);
    // The table's mask bits are set after a reset, all else in an entry is 0.
    const arch::Mmio table(PhysAddr(bar->address + msix->table_offset));
    EXPECT_EQ(table.ReadAt<std::uint32_t>(12), 1u);
    table.WriteAt<std::uint32_t>(8, 0x21);
    EXPECT_EQ(table.ReadAt<std::uint32_t>(8), 0x21u);
    EXPECT_EQ(table.ReadAt<std::uint32_t>(0), 0u);
  }
}

}  // namespace
}  // namespace kernel::devices::pci
