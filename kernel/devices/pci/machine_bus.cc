#include "kernel/devices/pci/machine_bus.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <new>
#include <optional>
#include <span>

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/acpi/mcfg.h"
#include "kernel/acpi/tables.h"
#include "kernel/arch/x86_64/mmio.h"
#include "kernel/arch/x86_64/port_io.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/devices/pci/address_window.h"
#include "kernel/devices/pci/bus.h"
#include "kernel/devices/pci/config_space.h"
#include "kernel/nucleus/loader_memory.h"

namespace kernel::devices::pci {
namespace {

// What the nucleus maps for devices and ring 3 may reach: up to the interrupt controllers.
constexpr PhysAddr kFirstReachable{0xc0000000};
constexpr PhysAddr kEndOfReachable{0xfec00000};

// Ports that ring 3 has (0 to 0xcff) and that no PC or QEMU machine has given a meaning.
constexpr std::uint16_t kFirstPort = 0x800;
constexpr std::uint16_t kEndOfPorts = 0xa00;

constexpr Bytes kBusSize{1 << 20};

// QEMU's microvm with pcie=on has configuration space here, and no table that says so: its host
// bridge is known by its number. Source: QEMU, include/hw/i386/microvm.h and docs/specs/pci-ids.
constexpr acpi::Ecam kMicrovmEcam{PhysAddr(0xe0000000), 0, 255};
constexpr std::uint32_t kMicrovmHostBridge = 0x00081b36;

std::optional<acpi::Ecam> FindEcam(const abi::BootHandoff& handoff) {
  const std::array<boot::Window, 2> windows = {{
      {nucleus::kFirstMapped, std::span(ToPointer(nucleus::kFirstMapped),
                                        (nucleus::kEndOfMapped - nucleus::kFirstMapped).count())},
      {PhysAddr(0), std::span(nucleus::FirstPage(), kPageSize.count())},
  }};
  const boot::PhysicalMemory memory(windows);
  const Result<PhysAddr> rsdp = handoff.rsdp != 0 ? PhysAddr(handoff.rsdp) : acpi::FindRsdp(memory);
  if (!rsdp) return std::nullopt;
  const auto table = acpi::FindTable(memory, *rsdp, "MCFG");
  if (!table) return std::nullopt;
  const Result<acpi::Ecam> ecam = acpi::EcamFrom(*table);
  if (!ecam) return std::nullopt;
  // Where the image cannot reach it, as on a PC whose firmware put it below 3 GiB, ports serve.
  const bool reachable =
      ecam->base + Bytes(kBusSize.count() * ecam->first_bus) >= kFirstReachable &&
      ecam->base + Bytes(kBusSize.count() * (ecam->last_bus + 1u)) <= kEndOfReachable;
  return reachable ? std::optional(*ecam) : std::nullopt;
}

std::optional<acpi::Ecam> FindMicrovmEcam() {
  const MachineConfig config(std::nullopt, kMicrovmEcam);
  const bool found = config.Read({}, Identity::kOffset) == kMicrovmHostBridge;
  return found ? std::optional(kMicrovmEcam) : std::nullopt;
}

/// Whether the first function reads the same both ways: firmware may describe what it did not set
/// up.
bool IsTrue(acpi::Ecam ecam, arch::PortIo ports) {
  const auto identity = [](std::optional<arch::PortIo> by_ports,
                           std::optional<acpi::Ecam> by_ecam) {
    return MachineConfig(by_ports, by_ecam).Read({}, Identity::kOffset);
  };
  return identity(ports, std::nullopt) == identity(std::nullopt, ecam);
}

Result<AddressWindow> MemoryFor(const abi::BootHandoff& handoff,
                                const std::optional<acpi::Ecam>& ecam) {
  AddressWindow window(kFirstReachable.value(), kEndOfReachable.value());
  for (const abi::MemoryRange& range : std::span(handoff.ranges).first(handoff.range_count)) {
    if (const auto done = window.Reserve(range.base, range.size); !done) {
      return std::unexpected(done.error());
    }
  }
  if (ecam) {
    const auto done = window.Reserve(ecam->base.value() + kBusSize.count() * ecam->first_bus,
                                     kBusSize.count() * (ecam->last_bus - ecam->first_bus + 1u));
    if (!done) return std::unexpected(done.error());
  }
  return window;
}

// In an image without PCI drivers none of this exists.
alignas(MachineBus) constinit std::array<std::byte, sizeof(MachineBus)> bus_storage{};
constinit std::optional<Result<MachineBus*>> machine_bus;

Result<MachineBus*> Find(const abi::BootHandoff& handoff) {
  // Ours tells of its devices on the command line.
  if (handoff.protocol == ABI_BOOT_MONITOR) return std::unexpected(Error::kNotFound);
  std::optional<acpi::Ecam> ecam = FindEcam(handoff);
  std::optional<arch::PortIo> ports;
  if (HasConfigPorts()) ports.emplace(kConfigPort);
  if (ports && ecam && !IsTrue(*ecam, *ports)) ecam.reset();
  if (!ports && !ecam) ecam = FindMicrovmEcam();
  if (!ports && !ecam) return std::unexpected(Error::kNotFound);
  const Result<AddressWindow> memory = MemoryFor(handoff, ecam);
  if (!memory) return std::unexpected(memory.error());
  auto* const bus = new (bus_storage.data())
      MachineBus(MachineConfig(ports, ecam), *memory, AddressWindow(kFirstPort, kEndOfPorts));
  const std::uint8_t first_bus = ecam && !ports ? ecam->first_bus : std::uint8_t{0};
  if (const Result<void> scanned = bus->Scan(first_bus); !scanned) {
    return std::unexpected(scanned.error());
  }
  return bus;
}

}  // namespace

bool HasConfigPorts() { return MachineConfig::HasPorts(arch::PortIo(kConfigPort)); }

Result<MachineBus*> GetMachineBus(const abi::BootHandoff& handoff) {
  if (!machine_bus) machine_bus = Find(handoff);
  return *machine_bus;
}

}  // namespace kernel::devices::pci
