// The processor that the guest sees.
#ifndef VMM_KVM_CPUID_H_
#define VMM_KVM_CPUID_H_

#include <cstddef>
#include <cstdint>

#include "vmm/kvm/linux_kvm.h"

namespace vmm::kvm {

/// kvm_cpuid2 with room for its entries.
struct CpuidTable {
  static constexpr std::uint32_t kMaxEntries = 200;

  std::uint32_t count;
  std::uint32_t padding;
  kvm_cpuid_entry2 entries[kMaxEntries];
};
static_assert(offsetof(CpuidTable, entries) == sizeof(kvm_cpuid2));

/// For an image that is entered directly and says that it looks: baseline x86-64, a hypervisor, the
/// XSAVE state of x87 and SSE. A fixed set, for asking KVM what it supports takes longer than all
/// else.
CpuidTable BaselineCpuid();

/// Puts the APIC id of one processor where the table has one.
void SetApicId(std::uint32_t apic_id, CpuidTable& table);

}  // namespace vmm::kvm

#endif  // VMM_KVM_CPUID_H_
