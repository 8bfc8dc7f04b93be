#include "vmm/check.h"

#include <cpuid.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <string_view>

#include "vmm/base/file.h"
#include "vmm/base/text.h"
#include "vmm/kvm/cpu_state.h"
#include "vmm/kvm/linux_kvm.h"
#include "vmm/kvm/system.h"
#include "vmm/memory/guest_memory.h"
#include "vmm/trace/clock.h"
#include "vmm/trace/host_usage.h"

namespace vmm {
namespace {

constexpr int kRounds = 5;
constexpr int kExits = 64;

struct Capability {
  int number;
  std::string_view name;
  std::string_view use;
  bool is_needed;
};

constexpr Capability kCapabilities[] = {
    {KVM_CAP_USER_MEMORY, "USER_MEMORY", "RAM from our own memory", true},
    {KVM_CAP_SPLIT_IRQCHIP, "SPLIT_IRQCHIP", "interrupt controllers, and faster vCPUs", true},
    {KVM_CAP_SYNC_REGS, "SYNC_REGS", "registers without a call; 20 us saved on slow hosts", false},
    {KVM_CAP_BINARY_STATS_FD, "BINARY_STATS_FD", "count of emulated instructions", false},
    {KVM_CAP_IOEVENTFD, "IOEVENTFD", "doorbells of devices to come", false},
    {KVM_CAP_IRQFD, "IRQFD", "interrupts of devices to come", false},
};

// The shortest of some rounds: what a step costs when nothing disturbs it. In ticks.
struct Costs {
  Ticks create_vm = std::numeric_limits<Ticks>::max();
  Ticks add_memory = std::numeric_limits<Ticks>::max();
  Ticks create_vcpu = std::numeric_limits<Ticks>::max();
  Ticks exit = std::numeric_limits<Ticks>::max();
};

class Stopwatch {
 public:
  void Lap(Ticks& shortest) {
    const Ticks now = Now();
    shortest = std::min(shortest, now - start_);
    start_ = Now();
  }

 private:
  Ticks start_ = Now();
};

// A guest of two instructions in 32-bit mode: out %al, $0x80; jmp back.
Result<void> MeasureExits(kvm::Vcpu& vcpu, GuestMemory& memory, Ticks& shortest) {
  constexpr GuestAddr kCode{0x1000};
  constexpr unsigned char kProgram[] = {0xe6, 0x80, 0xeb, 0xfc};
  const auto code = memory.Slice(kCode, Bytes(sizeof(kProgram)));
  if (!code) return std::unexpected(code.error());
  std::memcpy(code->data(), kProgram, sizeof(kProgram));
  if (const auto set = vcpu.SetState(kvm::PvhState(kCode), false); !set) return set;
  for (int i = 0; i < kExits; ++i) {
    Stopwatch watch;
    const int error = vcpu.Run();
    watch.Lap(shortest);
    if (error != 0 || vcpu.run().exit_reason != KVM_EXIT_IO) {
      return HostFault("KVM does not run a guest of two instructions", -error);
    }
  }
  return {};
}

Result<void> MeasureOnce(const kvm::System& system, Costs& costs) {
  constexpr Bytes kMemory{32u << 20};
  auto memory = GuestMemory::Create(kMemory, Pages::kNormal);
  if (!memory) return std::unexpected(memory.error());
  const auto run_size = system.RunSize();
  if (!run_size) return std::unexpected(run_size.error());
  Stopwatch watch;
  auto vm = system.CreateVm();
  if (!vm) return std::unexpected(vm.error());
  watch.Lap(costs.create_vm);
  if (const auto set = vm->SetMemory(0, GuestAddr(0), memory->mapping()); !set) return set;
  watch.Lap(costs.add_memory);
  if (const auto enabled = vm->EnableSplitIrqchip(); !enabled) return enabled;
  auto vcpu = vm->CreateVcpu(0, *run_size);
  if (!vcpu) return std::unexpected(vcpu.error());
  watch.Lap(costs.create_vcpu);
  return MeasureExits(*vcpu, *memory, costs.exit);
}

Ticks MeasureCpuid() {
  Ticks shortest = std::numeric_limits<Ticks>::max();
  for (int i = 0; i < kRounds; ++i) {
    Stopwatch watch;
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    __cpuid(0, eax, ebx, ecx, edx);
    // Or the compiler sees that nobody wants the answer.
    const volatile unsigned use = eax + ebx + ecx + edx;
    (void)use;
    watch.Lap(shortest);
  }
  return shortest;
}

std::string_view BackendText(std::string_view backend) {
  if (backend == "vmx") return "VT-x (kvm_intel)";
  if (backend == "svm") return "SVM (kvm_amd)";
  if (backend == "pvm") {
    return "PVM (kvm_pvm): no hardware virtualisation; ring 0 of guests is emulated, ring 3 is "
           "native";
  }
  return "unknown: no kvm module under /sys/module";
}

std::string Line(std::string_view name, std::int64_t nanoseconds, std::string_view remark) {
  std::string number = Cat(nanoseconds / 1000, ".", nanoseconds / 100 % 10);
  number.insert(0, number.size() < 9 ? 9 - number.size() : 0, ' ');
  std::string text = Cat("  ", name);
  text.append(text.size() < 18 ? 18 - text.size() : 1, ' ');
  return text + Cat(number, " us  ", remark, "\n");
}

// What would make a start slow, and whose doing it is.
std::string_view Remark(std::int64_t nanoseconds, std::int64_t slow, std::string_view why) {
  return nanoseconds > slow ? why : "";
}

std::string CostsText(const Costs& costs, Ticks cpuid, const Timeline& timeline) {
  const std::int64_t create = timeline.Duration(costs.create_vm);
  const std::int64_t memory = timeline.Duration(costs.add_memory);
  const std::int64_t vcpu = timeline.Duration(costs.create_vcpu);
  const std::int64_t exit = timeline.Duration(costs.exit);
  const std::int64_t trap = timeline.Duration(cpuid);
  return Cat(
      "costs (shortest of ", kRounds, ")\n",
      Line("create VM", create, Remark(create, 100'000, "slow: faster while another VM exists")),
      Line("add 32 MiB of RAM", memory, Remark(memory, 100'000, "slow: grows with --memory")),
      Line("create vCPU", vcpu, Remark(vcpu, 100'000, "slow: KVM patches its own code for each")),
      Line("exit and entry", exit,
           Remark(exit, 5'000, "slow: nested or emulated; an image should make few")),
      Line("CPUID on the host", trap,
           Remark(trap, 5'000, "slow: this host is virtual itself and CPUID traps")));
}

Result<std::string> Report(const std::string& device) {
  const auto system = kvm::System::Open(device);
  if (!system) return std::unexpected(system.error());
  const std::string_view backend = KvmBackend();
  std::string text = Cat("device: ", device, ", API version ", KVM_API_VERSION,
                         "\nbackend: ", BackendText(backend), "\ncapabilities\n");
  std::string_view lacking;
  for (const Capability& capability : kCapabilities) {
    const bool is_there = system->Extension(capability.number) != 0;
    if (!is_there && capability.is_needed) lacking = capability.name;
    CatTo(text, "  KVM_CAP_", capability.name, ": ", is_there ? "yes" : "no", " (", capability.use,
          ")\n");
  }
  if (!lacking.empty()) {
    return HostFault(Cat("this KVM lacks KVM_CAP_", lacking, "; run a newer Linux"));
  }
  CatTo(text, "vCPUs: ", system->Extension(KVM_CAP_NR_VCPUS), " recommended, ",
        system->Extension(KVM_CAP_MAX_VCPUS), " at most\n");
  Costs costs;
  const Anchor first = Anchor::Take();
  for (int i = 0; i < kRounds; ++i) {
    if (const auto measured = MeasureOnce(*system, costs); !measured) {
      return std::unexpected(measured.error());
    }
  }
  const Ticks cpuid = MeasureCpuid();
  const Timeline timeline(first, Anchor::Take(), first.ticks);
  return text + CostsText(costs, cpuid, timeline) + "usable: yes\n";
}

}  // namespace

int Check(const std::string& kvm_device) {
  const Result<std::string> report = Report(kvm_device);
  if (report) {
    return WriteAll(STDOUT_FILENO, *report) == 0 ? 0 : static_cast<int>(Code::kHostFault);
  }
  (void)WriteAll(STDOUT_FILENO, "usable: no\n");
  (void)WriteAll(STDERR_FILENO, Cat("vmm: ", Message(report.error()), "\n"));
  return static_cast<int>(Code::kHostFault);
}

}  // namespace vmm
