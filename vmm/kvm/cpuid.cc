#include "vmm/kvm/cpuid.h"

namespace vmm::kvm {
namespace {

constexpr std::uint32_t Bit(int number) { return 1u << number; }

// Source: Intel SDM vol. 2A, CPUID, tables 3-10 and 3-11; the features that every x86-64 processor
// has.
constexpr std::uint32_t kLeaf1Edx = Bit(0) |      // FPU
                                    Bit(3) |      // PSE
                                    Bit(4) |      // TSC
                                    Bit(5) |      // MSR
                                    Bit(6) |      // PAE
                                    Bit(8) |      // CMPXCHG8B
                                    Bit(9) |      // APIC
                                    Bit(13) |     // PGE
                                    Bit(15) |     // CMOV
                                    Bit(16) |     // PAT
                                    Bit(19) |     // CLFLUSH
                                    Bit(23) |     // MMX
                                    Bit(24) |     // FXSR
                                    Bit(25) |     // SSE
                                    Bit(26);      // SSE2
constexpr std::uint32_t kLeaf1Ecx = Bit(26) |     // XSAVE
                                    Bit(31);      // Runs under a hypervisor.
constexpr std::uint32_t kClflushLine = 8 << 8;    // Leaf 1, %ebx: in units of 8 bytes.
constexpr std::uint32_t kExtendedEdx = Bit(11) |  // SYSCALL
                                       Bit(20) |  // NX
                                       Bit(29);   // Long mode
// XSAVE: x87 and SSE, 512 bytes of legacy area and a header of 64.
constexpr std::uint32_t kXsaveFeatures = 0x3;
constexpr std::uint32_t kXsaveSize = 512 + 64;

kvm_cpuid_entry2 Leaf(std::uint32_t function, std::uint32_t eax, std::uint32_t ebx,
                      std::uint32_t ecx, std::uint32_t edx) {
  kvm_cpuid_entry2 entry = {};
  entry.function = function;
  entry.eax = eax;
  entry.ebx = ebx;
  entry.ecx = ecx;
  entry.edx = edx;
  return entry;
}

}  // namespace

CpuidTable BaselineCpuid() {
  CpuidTable table;
  table.padding = 0;
  table.count = 5;
  table.entries[0] = Leaf(0, 0xd, 0, 0, 0);
  table.entries[1] = Leaf(1, 0, kClflushLine, kLeaf1Ecx, kLeaf1Edx);
  // Without this leaf KVM takes twice as long over the others on kvm-pvm.
  table.entries[2] = Leaf(0xd, kXsaveFeatures, kXsaveSize, kXsaveSize, 0);
  table.entries[2].flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX;
  table.entries[3] = Leaf(0x80000000, 0x80000001, 0, 0, 0);
  table.entries[4] = Leaf(0x80000001, 0, 0, 0, kExtendedEdx);
  return table;
}

void SetApicId(std::uint32_t apic_id, CpuidTable& table) {
  // Source: Intel SDM vol. 2A, CPUID: %ebx of leaf 1, %edx of the topology leaves.
  constexpr std::uint32_t kIdShift = 24;
  for (std::uint32_t i = 0; i < table.count; ++i) {
    kvm_cpuid_entry2& leaf = table.entries[i];
    if (leaf.function == 1) {
      leaf.ebx = (leaf.ebx & ((1u << kIdShift) - 1)) | apic_id << kIdShift;
    }
    if (leaf.function == 0xb || leaf.function == 0x1f) leaf.edx = apic_id;
  }
}

}  // namespace vmm::kvm
