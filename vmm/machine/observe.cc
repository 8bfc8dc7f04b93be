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
  const Ticks offset = GuestOffset(machine.vcpu);
  for (std::uint64_t& sample : clock.tsc) {
    if (sample != 0) sample -= offset;
  }
  return clock;
}

}  // namespace

Observation Observe(Machine& machine, const HostMarks& marks, Anchor first) {
  const Anchor last = Anchor::Take();
  Observation observation = {.timeline = Timeline(first, last, marks.monitor_start),
                             .host = marks,
                             .entered_directly = machine.mode == BootMode::kDirect,
                             .ended = machine.ended,
                             .exits = &machine.exits,
                             .exits_to_app_main = machine.exits_to_app_main};
  // Memory and time before anything here adds to them.
  observation.process = MeasureProcess();
  observation.memory = MeasureMemory(machine.memory.mapping());
  observation.guest = GuestClock(machine);
  observation.emulated_instructions = machine.vcpu.Statistic("insn_emulation");
  observation.backend = KvmBackend();
  return observation;
}

}  // namespace vmm
