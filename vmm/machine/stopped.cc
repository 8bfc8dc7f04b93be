#include "vmm/machine/stopped.h"

#include <algorithm>
#include <cerrno>

#include "vmm/base/text.h"
#include "vmm/crash/symbols.h"
#include "vmm/kvm/linux_kvm.h"

namespace vmm {
namespace {

// Source: Intel SDM vol. 2A, section 2.3.11: the longest instruction.
constexpr std::size_t kMaxInstruction = 15;

// ", vCPU 2" where there are several.
std::string Which(const Machine& machine, const Core& core) {
  return machine.cores.size() == 1 ? "" : Cat(", vCPU ", core.number);
}

// " at rip 0x101234 (Function+0x12), ring 3"; nothing if even that cannot be known.
std::string Place(Machine& machine, Core& core) {
  const auto state = core.vcpu.State();
  if (!state) return {};
  const kvm_run& run = core.vcpu.run();
  // KVM tells of a write when the instruction is already done.
  const bool is_done = run.exit_reason == KVM_EXIT_MMIO && run.mmio.is_write;
  const std::uint64_t rip = state->registers.rip;
  const std::uint64_t inside = is_done ? rip - 1 : rip;
  const Symbols symbols = Symbols::OfElf(machine.file.bytes());
  const std::string name =
      symbols.FunctionAt(inside).empty() ? "" : Cat(" (", symbols.Describe(inside), ")");
  return Cat(is_done ? " before rip " : " at rip ", Hex{rip}, name, ", ring ",
             state->special.cs.selector & 3, Which(machine, core));
}

std::string Instruction(const kvm_run& run) {
  const auto& failure = run.emulation_failure;
  if (failure.ndata < 3 ||
      (failure.flags & KVM_INTERNAL_ERROR_EMULATION_FLAG_INSTRUCTION_BYTES) == 0) {
    return {};
  }
  std::string bytes = ", instruction bytes";
  const std::size_t size = std::min<std::size_t>(failure.insn_size, kMaxInstruction);
  for (std::size_t i = 0; i < size; ++i) CatTo(bytes, " ", Hex{failure.insn_bytes[i]});
  return bytes;
}

std::string WhatHappened(const kvm_run& run) {
  switch (run.exit_reason) {
    case KVM_EXIT_SHUTDOWN:
      return "the image failed so badly that its processor shut down (triple fault)";
    case KVM_EXIT_HLT:
      return "the image halted for good";
    case KVM_EXIT_MMIO:
      return Cat("the image ", run.mmio.is_write ? "wrote" : "read", " ",
                 std::uint32_t{run.mmio.len}, " bytes at guest address ", Hex{run.mmio.phys_addr},
                 ", where there is neither RAM nor a device");
    case KVM_EXIT_INTERNAL_ERROR:
      if (run.internal.suberror == KVM_INTERNAL_ERROR_EMULATION) {
        return Cat("KVM cannot emulate an instruction of the image", Instruction(run));
      }
      return Cat("KVM gave up (internal error ", run.internal.suberror, ")");
    case KVM_EXIT_SYSTEM_EVENT:
      return Cat("the image asked for a shutdown or reset that no device gives (event ",
                 run.system_event.type, ")");
    default:
      return Cat("KVM stopped the image for a reason unknown to this monitor, ", run.exit_reason);
  }
}

}  // namespace

bool CanGoOn(std::uint32_t exit_reason) {
  switch (exit_reason) {
    case KVM_EXIT_IO:
    case KVM_EXIT_INTR:
    case KVM_EXIT_IRQ_WINDOW_OPEN:
    case KVM_EXIT_IOAPIC_EOI:  // There is no I/O interrupt controller that would mind.
      return true;
    default:
      return false;
  }
}

Error WhyStopped(Machine& machine, Core& core, int run_error) {
  const kvm_run& run = core.vcpu.run();
  if (run_error == -EFAULT) {
    // KVM could not bring a page of the image's RAM in: none is left, or the image's file was cut.
    return {Code::kHostFault,
            Cat("the host cannot give the image its memory", Place(machine, core)), -run_error};
  }
  if (run_error != 0) {
    return {Code::kHostFault, Cat("KVM does not run the image", Place(machine, core)), -run_error};
  }
  if (run.exit_reason == KVM_EXIT_FAIL_ENTRY) {
    return {Code::kHostFault,
            Cat("KVM cannot enter the image (hardware reason ",
                Hex{run.fail_entry.hardware_entry_failure_reason}, "); see vmm check")};
  }
  return {Code::kGuestFault, Cat(WhatHappened(run), Place(machine, core))};
}

}  // namespace vmm
