#include "vmm/kvm/cpu_state.h"

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/cpu_state.h"
#include "vmm/layout.h"
#include "vmm/loader/identity_tables.h"

namespace vmm::kvm {
namespace {

// Of segments, in the wording of the descriptor's fields; "accessed" is always set.
constexpr std::uint8_t kCode = 11;  // Readable.
constexpr std::uint8_t kData = 3;   // Writable.

constexpr std::uint64_t kFlagsAlwaysSet = 0x2;
constexpr std::uint64_t kCr0ProtectedMode = 0x11;  // ET, PE.
// At its usual place, on, and this is the first core: what KVM itself would have set.
constexpr std::uint64_t kApicBase = 0xfee00900;

kvm_segment Flat(std::uint8_t type, std::uint16_t selector, bool is_64_bit_code) {
  kvm_segment segment = {};
  segment.limit = 0xffffffff;
  segment.selector = selector;
  segment.type = type;
  segment.present = 1;
  segment.dpl = selector & 3;
  segment.db = !is_64_bit_code;
  segment.s = 1;
  segment.l = is_64_bit_code;
  segment.g = 1;
  return segment;
}

kvm_segment Task(std::uint64_t base, std::uint32_t limit, std::uint16_t selector,
                 TaskSegment type) {
  kvm_segment segment = {};
  segment.base = base;
  segment.limit = limit;
  segment.selector = selector;
  segment.type = static_cast<std::uint8_t>(type);
  segment.present = 1;
  return segment;
}

kvm_segment Unusable() {
  kvm_segment segment = {};
  segment.unusable = 1;
  return segment;
}

void SetDataSegments(kvm_sregs& special, const kvm_segment& segment) {
  special.ds = special.es = special.fs = special.gs = segment;
}

// A task segment that no instruction uses, but that a processor must have.
kvm_segment NoTask() { return Task(0, 0x67, 0, TaskSegment::kBusy); }

}  // namespace

CpuState DirectState(const abi::BootBlock& block, GuestAddr handoff, GuestAddr stack,
                     TaskSegment task_segment) {
  CpuState state = {};
  kvm_sregs& special = state.special;
  special.cs = Flat(kCode, ABI_USER_CODE, true);
  special.ss = Flat(kData, ABI_USER_DATA, false);
  SetDataSegments(special, Unusable());
  special.tr = Task(block.tss_base, ABI_TSS_LIMIT, ABI_TSS_SELECTOR, task_segment);
  special.ldt = Unusable();
  special.gdt.base = block.gdt_base;
  special.gdt.limit = static_cast<std::uint16_t>(block.gdt_limit);
  special.idt.base = block.idt_base;
  special.idt.limit = static_cast<std::uint16_t>(block.idt_limit);
  special.cr0 = ABI_CR0;
  special.cr3 = block.page_table_root;
  special.cr4 = ABI_CR4;
  special.efer = ABI_EFER | ABI_EFER_LMA;
  special.apic_base = kApicBase;
  state.registers.rip = block.ring3_entry;
  state.registers.rsp = stack.value();
  state.registers.rflags = ABI_RING3_RFLAGS;
  state.registers.rdi = ABI_BOOT_MONITOR;
  state.registers.rsi = handoff.value();
  return state;
}

CpuState Linux64State(GuestAddr entry) {
  // Paging and long mode, and nothing else that a guest might not expect.
  constexpr std::uint64_t kCr0 = 0x80000011;  // PG, ET, PE.
  constexpr std::uint64_t kCr4 = 0x20;        // PAE.
  constexpr std::uint64_t kEfer = 0x500;      // LMA, LME.
  CpuState state = {};
  kvm_sregs& special = state.special;
  special.cs = Flat(kCode, kLinuxCode, true);
  special.ss = Flat(kData, kLinuxData, false);
  SetDataSegments(special, special.ss);
  special.tr = NoTask();
  special.ldt = Unusable();
  special.gdt.base = layout::kGdt.value();
  special.gdt.limit = kGdtLimit;
  special.cr0 = kCr0;
  special.cr3 = layout::kPageTables.value();
  special.cr4 = kCr4;
  special.efer = kEfer;
  special.apic_base = kApicBase;
  state.registers.rip = entry.value();
  state.registers.rsp = layout::kBootStackTop.value();
  state.registers.rflags = kFlagsAlwaysSet;
  state.registers.rsi = layout::kZeroPage.value();
  return state;
}

CpuState PvhState(GuestAddr entry) {
  CpuState state = {};
  kvm_sregs& special = state.special;
  special.cs = Flat(kCode, kLinuxCode, false);
  special.ss = Flat(kData, kLinuxData, false);
  SetDataSegments(special, special.ss);
  special.tr = NoTask();
  special.ldt = Unusable();
  special.cr0 = kCr0ProtectedMode;
  special.apic_base = kApicBase;
  state.registers.rip = entry.value();
  state.registers.rflags = kFlagsAlwaysSet;
  state.registers.rbx = layout::kStartInfo.value();
  return state;
}

}  // namespace vmm::kvm
