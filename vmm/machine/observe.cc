#include "vmm/machine/observe.h"

#include <cstdlib>
#include <cstring>
#include <limits>

namespace vmm {
namespace {

// How far the guest's counter is ahead of the host's.
//
// KVM tells the guest's counter in a call that takes a while: of some tries the shortest is taken,
// and an offset smaller than the time it took is no offset at all.
Ticks GuestOffset(kvm::Vcpu& vcpu) {
  constexpr std::uint32_t kTimeStampCounter =
      0x10;  // Source: Intel SDM vol. 4, IA32_TIME_STAMP_COUNTER.
  constexpr int kTries = 8;
  Ticks shortest = std::numeric_limits<Ticks>::max();
  Ticks offset = 0;
  for (int i = 0; i < kTries; ++i) {
    const Ticks before = Now();
    const auto guest = vcpu.Msr(kTimeStampCounter);
    const Ticks took = Now() - before;
    if (!guest) return 0;
    if (took >= shortest) continue;
    shortest = took;
    offset = *guest - (before + took / 2);
  }
  return static_cast<Ticks>(std::abs(static_cast<std::int64_t>(offset))) < shortest ? 0 : offset;
}

std::optional<abi::BootClock> GuestClock(Machine& machine) {
  if (!machine.image.boot_block) return std::nullopt;
  const auto view = machine.memory.View(GuestAddr(machine.image.boot_block->boot_clock),
                                        Bytes(sizeof(abi::BootClock)));
  if (!view) return std::nullopt;
  abi::BootClock clock;
  std::memcpy(&clock, view->data(), sizeof(clock));
  const Ticks offset = GuestOffset(machine.cores.front()->vcpu);
  for (std::uint64_t& sample : clock.tsc) {
    if (sample != 0) sample -= offset;
  }
  return clock;
}

// What all vCPUs did together: the first one's log becomes that of all.
void AddCores(Machine& machine, Observation& observation) {
  for (const auto& core : machine.cores) {
    if (core->number != 0) machine.cores.front()->exits.Merge(core->exits);
    observation.exits_to_app_main += core->exits_to_app_main;
    const auto emulated = core->vcpu.Statistic("insn_emulation");
    if (!emulated) continue;
    observation.emulated_instructions = observation.emulated_instructions.value_or(0) + *emulated;
  }
}

}  // namespace

Observation Observe(Machine& machine, const HostMarks& marks, Anchor first) {
  const Anchor last = Anchor::Take();
  Observation observation = {.timeline = Timeline(first, last, marks.monitor_start),
                             .host = marks,
                             .entered_directly = machine.mode == BootMode::kDirect,
                             .ended = machine.ended,
                             .exits = &machine.cores.front()->exits};
  // Memory and time before anything here adds to them.
  observation.process = MeasureProcess();
  observation.memory = MeasureMemory(machine.memory.mapping());
  observation.guest = GuestClock(machine);
  AddCores(machine, observation);
  observation.backend = KvmBackend();
  return observation;
}

}  // namespace vmm
