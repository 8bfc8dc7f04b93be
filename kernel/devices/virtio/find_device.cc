#include "kernel/devices/virtio/find_device.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#include "kernel/abi/boot_handoff.h"
#include "kernel/arch/x86_64/mmio.h"
#include "kernel/arch/x86_64/port_io.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/devices/pci/bar.h"
#include "kernel/devices/pci/config_space.h"
#include "kernel/devices/pci/machine_bus.h"
#include "kernel/devices/pci/scanner.h"
#include "kernel/devices/virtio/command_line.h"
#include "kernel/devices/virtio/legacy_pci_transport.h"
#include "kernel/devices/virtio/mmio_transport.h"
#include "kernel/devices/virtio/pci_capabilities.h"
#include "kernel/devices/virtio/pci_transport.h"
#include "kernel/devices/virtio/transport.h"
#include "kernel/memory/allocate.h"
#include "kernel/nucleus/loader_memory.h"

namespace kernel::devices::virtio {
namespace {

using Mmio = MmioTransport<arch::Mmio>;

// What ring 3 reaches of device registers.
constexpr PhysAddr kFirstReachable{0xc0000000};
constexpr PhysAddr kEndOfReachable{0xfec00000};
constexpr Bytes kMmioSize{0x100};

// QEMU's microvm, as its sources have it: places for devices, most of them empty.
constexpr PhysAddr kMicrovmFirst{0xfeb00000};
constexpr Bytes kMicrovmSize{512};
constexpr std::size_t kMicrovmPlaces = 24;

template <typename T, typename... Arguments>
Result<Transport*> Make(Arguments&&... arguments) {
  const Result<void*> memory = memory::Allocate(Bytes(sizeof(T)), Bytes(alignof(T)));
  if (!memory) return std::unexpected(memory.error());
  return new (*memory) T(std::forward<Arguments>(arguments)...);
}

bool IsAt(PhysAddr address, DeviceType type) {
  return Mmio::Identify(arch::Mmio(address)) == Result<DeviceType>(type);
}

/// `told` becomes true if the command line speaks of any device.
Result<Transport*> FindOnCommandLine(const abi::BootHandoff& handoff, DeviceType type, bool& told) {
  std::string_view line(
      reinterpret_cast<const char*>(nucleus::LoaderMemory(PhysAddr(handoff.command_line))));
  for (;;) {
    const Result<std::optional<MmioDevice>> device = TakeMmioDevice(line);
    if (!device) return std::unexpected(device.error());
    if (!*device) return std::unexpected(Error::kNotFound);
    told = true;
    const PhysAddr address = (*device)->address;
    if ((*device)->size < kMmioSize || address < kFirstReachable ||
        address >= kEndOfReachable - kMmioSize) {
      return std::unexpected(Error::kMalformed);
    }
    if (IsAt(address, type)) return Make<Mmio>(arch::Mmio(address));
  }
}

Result<Transport*> FindOnMicrovm(DeviceType type) {
  for (std::size_t place = 0; place < kMicrovmPlaces; ++place) {
    const PhysAddr address = kMicrovmFirst + Bytes(place * kMicrovmSize.count());
    if (IsAt(address, type)) return Make<Mmio>(arch::Mmio(address));
  }
  return std::unexpected(Error::kNotFound);
}

/// The registers of an area, in a BAR of memory; kMalformed if it does not fit into it.
Result<arch::Mmio> MapArea(pci::MachineBus& bus, const pci::Function& function,
                           const RegisterArea& area) {
  const Result<pci::Bar> bar = bus.Map(function, area.bar);
  if (!bar) return std::unexpected(bar.error());
  if (bar->ports) return std::unexpected(Error::kNotSupported);
  if (area.offset > bar->size || area.size > bar->size - area.offset) {
    return std::unexpected(Error::kMalformed);
  }
  return arch::Mmio(PhysAddr(bar->address + area.offset));
}

Result<Transport*> OpenLegacy(pci::MachineBus& bus, const pci::Function& function) {
  const Result<pci::Bar> bar = bus.Map(function, legacy_pci::kBar);
  if (!bar) return std::unexpected(bar.error());
  if (!bar->ports || bar->size < legacy_pci::kSize) return std::unexpected(Error::kMalformed);
  return Make<LegacyPciTransport<arch::PortIo>>(
      arch::PortIo(static_cast<std::uint16_t>(bar->address)));
}

Result<Transport*> OpenPci(pci::MachineBus& bus, const pci::Function& function) {
  const Result<PciRegisters> registers = ReadPciRegisters(bus.Io(function));
  if (!registers && registers.error() == Error::kNotFound) return OpenLegacy(bus, function);
  if (!registers) return std::unexpected(registers.error());
  const Result<arch::Mmio> common = MapArea(bus, function, registers->common);
  if (!common) return std::unexpected(common.error());
  const Result<arch::Mmio> notify = MapArea(bus, function, registers->notify);
  if (!notify) return std::unexpected(notify.error());
  return Make<PciTransport<arch::Mmio>>(
      *common,
      NotifyArea<arch::Mmio>{*notify, registers->notify.size, registers->notify_multiplier});
}

Result<Transport*> FindOnPci(const abi::BootHandoff& handoff, DeviceType type) {
  const Result<pci::MachineBus*> bus = pci::GetMachineBus(handoff);
  if (!bus) return std::unexpected(bus.error());
  for (const pci::Function& function : (*bus)->functions()) {
    if (TypeOf(function, (*bus)->Io(function)) == type) return OpenPci(**bus, function);
  }
  return std::unexpected(Error::kNotFound);
}

}  // namespace

Result<Transport*> FindDevice(const abi::BootHandoff& handoff, DeviceType type) {
  bool told = false;
  const Result<Transport*> named = FindOnCommandLine(handoff, type, told);
  // Our monitor's machine has nothing that it did not name.
  if (named || named.error() != Error::kNotFound || handoff.protocol == ABI_BOOT_MONITOR) {
    return named;
  }
  if (!told && !pci::HasConfigPorts()) {
    const Result<Transport*> placed = FindOnMicrovm(type);
    if (placed || placed.error() != Error::kNotFound) return placed;
  }
  return FindOnPci(handoff, type);
}

}  // namespace kernel::devices::virtio
