// The whole state in which a vCPU starts, in one place for each way of starting.
//
// Source: Intel SDM vol. 3A, sections 2.5 (control registers), 3.4.5 (segments).
#ifndef VMM_KVM_CPU_STATE_H_
#define VMM_KVM_CPU_STATE_H_

#include "kernel/abi/boot_block.h"
#include "vmm/base/address.h"
#include "vmm/kvm/linux_kvm.h"

namespace vmm::kvm {

struct CpuState {
  kvm_regs registers;
  kvm_sregs special;
};

/// The type under which the task register shows its segment. VT-x enters a guest only with a busy
/// one; the emulated SVM of QEMU grants ports only by one that is not (it keeps the type that LTR
/// found). Real SVM and kvm-pvm take both.
enum class TaskSegment : std::uint8_t { kAvailable = 9, kBusy = 11 };

/// Ring 3 of an image with a BootBlock: kernel/abi/boot_block.h. `stack` replaces the block's.
CpuState DirectState(const abi::BootBlock& block, GuestAddr handoff, GuestAddr stack,
                     TaskSegment task_segment);

/// 64-bit mode on the tables of loader/identity_tables.h, boot_params in %rsi.
/// Source: Linux, Documentation/arch/x86/boot.rst, "64-bit BOOT PROTOCOL".
CpuState Linux64State(GuestAddr entry);

/// 32-bit protected mode without paging, hvm_start_info in %ebx.
/// Source: Xen, docs/misc/pvh.pandoc.
CpuState PvhState(GuestAddr entry);

}  // namespace vmm::kvm

#endif  // VMM_KVM_CPU_STATE_H_
