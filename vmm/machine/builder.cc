// The set-up of a machine, in the order in which it happens. What stands here is what a start
// costs.
#include <unistd.h>

#include <span>
#include <utility>
#include <vector>

#include "kernel/abi/ports.h"
#include "vmm/base/text.h"
#include "vmm/kvm/cpuid.h"
#include "vmm/kvm/linux_kvm.h"
#include "vmm/kvm/system.h"
#include "vmm/layout.h"
#include "vmm/loader/boot_information.h"
#include "vmm/loader/load_image.h"
#include "vmm/loader/mp_table.h"
#include "vmm/machine/machine.h"

namespace vmm {
namespace {

Error About(const std::string& image, Error error) {
  if (error.code == Code::kInvalidArgument) error.what = Cat(image, " ", error.what);
  return error;
}

Result<BootMode> ChooseMode(const MachineConfig& config, const ElfImage& image) {
  const BootMode mode =
      config.boot.value_or(image.boot_block ? BootMode::kDirect : BootMode::kLinux64);
  if (mode == BootMode::kDirect && !image.boot_block) {
    return InvalidArgument("has no BootBlock note; leave out --boot=direct");
  }
  if (mode == BootMode::kPvh && !image.pvh_entry) {
    return InvalidArgument("has no PVH note; leave out --boot=pvh");
  }
  return mode;
}

Result<Console> OpenConsole(const ConsoleConfig& config) {
  switch (config.kind) {
    case ConsoleConfig::Kind::kStdio:
      return Console(STDOUT_FILENO);
    case ConsoleConfig::Kind::kNone:
      return Console(-1);
    case ConsoleConfig::Kind::kFile:
      break;
  }
  Result<UniqueFd> file = CreateFile(config.path);
  if (!file) return std::unexpected(file.error());
  return Console(*std::move(file));
}

// By what the host's KVM stands on; asking the processor would trap on some hosts.
kvm::TaskSegment TaskSegmentOfHost() {
  return access("/sys/module/kvm_intel", F_OK) == 0 ? kvm::TaskSegment::kBusy
                                                    : kvm::TaskSegment::kAvailable;
}

// An image's own BootBlock that points outside RAM is a bad image, not yet a guest that failed.
Result<HandoffPlace> PlaceHandoff(const abi::BootBlock& block, const MachineConfig& config,
                                  std::uint64_t tsc_khz, GuestMemory& memory) {
  for (const auto& [address, size] : {std::pair{block.boot_clock, sizeof(abi::BootClock)},
                                      std::pair{block.wait_request, sizeof(abi::WaitRequest)}}) {
    if (!memory.View(GuestAddr(address), Bytes(size))) {
      return InvalidArgument(Cat("has a BootBlock that points outside RAM, to ", Hex{address}));
    }
  }
  auto place = WriteHandoff(block, config.command_line, tsc_khz, config.cpus, memory);
  if (!place) return InvalidArgument(Cat("has an unusable main stack: ", place.error().what));
  return place;
}

// Leaves in memory what the image expects there, and tells the registers that it starts with.
Result<kvm::CpuState> PrepareStart(const MachineConfig& config, const ElfImage& image,
                                   BootMode mode, const kvm::Vm& vm, GuestMemory& memory) {
  Result<void> written;
  if (mode != BootMode::kDirect && config.cpus > 1) {
    written = WriteMpTable(config.cpus, memory);
    if (!written) return std::unexpected(written.error());
  }
  switch (mode) {
    case BootMode::kDirect: {
      const auto place = PlaceHandoff(*image.boot_block, config, vm.TscKhz(), memory);
      if (!place) return std::unexpected(place.error());
      return kvm::DirectState(*image.boot_block, place->handoff, place->stack, TaskSegmentOfHost());
    }
    case BootMode::kLinux64:
      written = WriteLinuxBoot(config.command_line, memory);
      if (!written) return std::unexpected(written.error());
      return kvm::Linux64State(image.entry);
    case BootMode::kPvh:
      written = WritePvhBoot(config.command_line, memory);
      if (!written) return std::unexpected(written.error());
      return kvm::PvhState(*image.pvh_entry);
  }
  std::unreachable();
}

// Direct entry leaves CPUID empty unless the image says that it looks, or has cores that come up by
// themselves: KVM lets nobody into 64-bit mode that has not been offered it. Others ask for
// themselves what the processor can do, and may be told all of it.
Result<void> ShowProcessor(const ElfImage& image, BootMode mode, const kvm::System& system,
                           std::span<kvm::Vcpu> vcpus) {
  kvm::CpuidTable table;
  if (mode == BootMode::kDirect) {
    if ((image.boot_block->needs & ABI_NEEDS_CPUID) == 0 && vcpus.size() == 1) return {};
    table = kvm::BaselineCpuid();
  } else {
    const auto supported = system.SupportedCpuid();
    if (!supported) return std::unexpected(supported.error());
    table = *supported;
  }
  for (std::size_t i = 0; i < vcpus.size(); ++i) {
    if (vcpus.size() > 1) kvm::SetApicId(static_cast<std::uint32_t>(i), table);
    if (const auto set = vcpus[i].SetCpuid(table); !set) return set;
  }
  return {};
}

// With the registers in it, the first KVM_RUN replaces two calls, of 10 us each on kvm-pvm.
bool SharesRegisters(const kvm::System& system) {
  constexpr int kWanted = KVM_SYNC_X86_REGS | KVM_SYNC_X86_SREGS;
  return (system.Extension(KVM_CAP_SYNC_REGS) & kWanted) == kWanted;
}

// All but the first wait until the guest starts them.
Result<std::vector<kvm::Vcpu>> CreateProcessors(std::uint32_t count, const kvm::System& system,
                                                kvm::Vm& vm) {
  if (count > 1) {
    const int most = vm.Extension(KVM_CAP_MAX_VCPUS);
    if (most > 0 && count > static_cast<std::uint32_t>(most)) {
      return InvalidArgument(Cat("--cpus=", count, ": this host's KVM takes at most ", most));
    }
  }
  // Also for images that never see an interrupt: without a local interrupt controller KVM patches
  // its own code for each vCPU, which takes four times as long as all else here (README.md, Cost).
  if (const auto enabled = vm.EnableSplitIrqchip(); !enabled) {
    return std::unexpected(enabled.error());
  }
  const auto run_size = system.RunSize();
  if (!run_size) return std::unexpected(run_size.error());
  std::vector<kvm::Vcpu> vcpus;
  vcpus.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    auto vcpu = vm.CreateVcpu(i, *run_size);
    if (!vcpu) return std::unexpected(vcpu.error());
    vcpus.push_back(*std::move(vcpu));
  }
  return vcpus;
}

}  // namespace

Core::Core(std::uint32_t the_number, kvm::Vcpu the_vcpu, Machine& machine)
    : number(the_number), vcpu(std::move(the_vcpu)) {
  ports.Add(ABI_DEBUG_CONSOLE_PORT, 1, machine.debug_console);
  ports.Add(ABI_CONSOLE_TEXT_PORT, 1, machine.console_text);
  ports.Add(ABI_EXIT_PORT, 1, machine.exit_port);
  ports.Add(ABI_SERIAL_PORT, Serial::kPorts, machine.serial);
  if (machine.mode == BootMode::kDirect) {
    wait_port.emplace(GuestAddr(machine.image.boot_block->wait_request), machine.memory, events,
                      machine.console, machine.lock);
    ports.Add(ABI_WAIT_PORT, 1, *wait_port);
  }
}

Machine::Machine(MappedFile the_file, ElfImage the_image, BootMode the_mode, kvm::Vm the_vm,
                 GuestMemory the_memory, std::vector<kvm::Vcpu> vcpus, Console the_console)
    : file(std::move(the_file)),
      image(std::move(the_image)),
      mode(the_mode),
      vm(std::move(the_vm)),
      memory(std::move(the_memory)),
      console(std::move(the_console)),
      debug_console(console),
      console_text(console, memory),
      serial(console) {
  cores.reserve(vcpus.size());
  for (kvm::Vcpu& vcpu : vcpus) {
    const auto number = static_cast<std::uint32_t>(cores.size());
    cores.push_back(std::make_unique<Core>(number, std::move(vcpu), *this));
  }
}

Result<std::unique_ptr<Machine>> BuildMachine(const MachineConfig& config, HostMarks& marks) {
  // First what the user may have got wrong: it can be said without KVM.
  auto file = MappedFile::Open(config.image);
  if (!file) return std::unexpected(file.error());
  auto image = ParseElf(file->bytes());
  if (!image) return std::unexpected(About(config.image, image.error()));
  const auto mode = ChooseMode(config, *image);
  if (!mode) return std::unexpected(About(config.image, mode.error()));
  auto console = OpenConsole(config.console);
  if (!console) return std::unexpected(console.error());

  const auto system = kvm::System::Open(config.kvm_device);
  if (!system) return std::unexpected(system.error());
  auto vm = system->CreateVm();
  if (!vm) return std::unexpected(vm.error());
  marks.vm_created = Now();

  auto memory = GuestMemory::Create(config.memory, config.pages);
  if (!memory) return std::unexpected(memory.error());
  if (const auto loaded = LoadImage(*image, *file, *memory); !loaded) {
    return std::unexpected(About(config.image, loaded.error()));
  }
  const auto state = PrepareStart(config, *image, *mode, *vm, *memory);
  if (!state) return std::unexpected(About(config.image, state.error()));
  marks.image_loaded = Now();

  // After the image: a change of mapped memory that KVM already knows has to be told to it.
  if (const auto set = vm->SetMemory(0, GuestAddr(0), memory->mapping()); !set) {
    return std::unexpected(set.error());
  }
  auto vcpus = CreateProcessors(config.cpus, *system, *vm);
  if (!vcpus) return std::unexpected(vcpus.error());
  if (const auto shown = ShowProcessor(*image, *mode, *system, *vcpus); !shown) {
    return std::unexpected(shown.error());
  }
  if (const auto set = vcpus->front().SetState(*state, SharesRegisters(*system)); !set) {
    return std::unexpected(set.error());
  }
  return std::make_unique<Machine>(*std::move(file), *std::move(image), *mode, *std::move(vm),
                                   *std::move(memory), *std::move(vcpus), *std::move(console));
}

}  // namespace vmm
