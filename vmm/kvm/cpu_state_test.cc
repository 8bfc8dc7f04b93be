#include "vmm/kvm/cpu_state.h"

#include <gtest/gtest.h>

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/cpu_state.h"
#include "vmm/kvm/cpuid.h"
#include "vmm/layout.h"

namespace vmm::kvm {
namespace {

TEST(DirectState, IsRingThreeOnTheImagesTables) {
  abi::BootBlock block = {};
  block.page_table_root = 0x102000;
  block.gdt_base = 0x108008;
  block.gdt_limit = 0x4f;
  block.idt_base = 0x101240;
  block.idt_limit = 0x2ff;
  block.tss_base = 0x101000;
  block.ring3_entry = 0x10a000;
  const CpuState state =
      DirectState(block, GuestAddr(0x1f000), GuestAddr(0x1eff0), TaskSegment::kAvailable);
  EXPECT_EQ(state.registers.rip, 0x10a000u);
  EXPECT_EQ(state.registers.rsp, 0x1eff0u);
  EXPECT_EQ(state.registers.rdi, std::uint64_t{ABI_BOOT_MONITOR});
  EXPECT_EQ(state.registers.rsi, 0x1f000u);
  EXPECT_EQ(state.registers.rflags, 2u);
  EXPECT_EQ(state.special.cs.selector, ABI_USER_CODE);
  EXPECT_EQ(state.special.cs.dpl, 3);
  EXPECT_EQ(state.special.cs.l, 1);
  EXPECT_EQ(state.special.cs.db, 0);
  EXPECT_EQ(state.special.ss.selector, ABI_USER_DATA);
  EXPECT_EQ(state.special.ss.dpl, 3);
  EXPECT_EQ(state.special.ds.unusable, 1);
  EXPECT_EQ(state.special.tr.base, 0x101000u);
  EXPECT_EQ(state.special.tr.limit, std::uint32_t{ABI_TSS_LIMIT});
  EXPECT_EQ(state.special.tr.type, 9);
  EXPECT_EQ(state.special.gdt.limit, 0x4f);
  EXPECT_EQ(state.special.idt.base, 0x101240u);
  EXPECT_EQ(state.special.cr3, 0x102000u);
  EXPECT_EQ(state.special.efer, 0xd00u);
}

TEST(Linux64State, IsRingZeroWithBootParams) {
  const CpuState state = Linux64State(GuestAddr(0x100200));
  EXPECT_EQ(state.registers.rip, 0x100200u);
  EXPECT_EQ(state.registers.rsi, layout::kZeroPage.value());
  EXPECT_EQ(state.special.cs.selector, 0x10);
  EXPECT_EQ(state.special.cs.l, 1);
  EXPECT_EQ(state.special.cs.dpl, 0);
  EXPECT_EQ(state.special.ds.selector, 0x18);
  EXPECT_EQ(state.special.cr3, layout::kPageTables.value());
  EXPECT_EQ(state.special.efer, 0x500u);
  EXPECT_EQ(state.special.tr.type, 11);
}

TEST(PvhState, IsFlatProtectedModeWithoutPaging) {
  const CpuState state = PvhState(GuestAddr(0x100300));
  EXPECT_EQ(state.registers.rbx, layout::kStartInfo.value());
  EXPECT_EQ(state.special.cr0, 0x11u);
  EXPECT_EQ(state.special.cr4, 0u);
  EXPECT_EQ(state.special.efer, 0u);
  EXPECT_EQ(state.special.cs.db, 1);
  EXPECT_EQ(state.special.cs.l, 0);
  EXPECT_EQ(state.special.cs.limit, 0xffffffffu);
}

TEST(BaselineCpuid, PromisesNothingThatAnyProcessorLacks) {
  const CpuidTable table = BaselineCpuid();
  ASSERT_LE(table.count, CpuidTable::kMaxEntries);
  bool has_long_mode = false;
  for (std::uint32_t i = 0; i < table.count; ++i) {
    const kvm_cpuid_entry2& leaf = table.entries[i];
    if (leaf.function == 1) {
      EXPECT_EQ(leaf.ecx & (1u << 28), 0u) << "AVX";
      EXPECT_NE(leaf.edx & (1u << 26), 0u) << "SSE2";
    }
    if (leaf.function == 0x80000001) has_long_mode = (leaf.edx & (1u << 29)) != 0;
  }
  EXPECT_TRUE(has_long_mode);
}

TEST(BaselineCpuid, CanHaveTheNumberOfOneProcessor) {
  CpuidTable table = BaselineCpuid();
  const std::uint32_t others = table.entries[1].ebx;
  SetApicId(3, table);
  ASSERT_EQ(table.entries[1].function, 1u);
  EXPECT_EQ(table.entries[1].ebx, others | 3u << 24);
}

}  // namespace
}  // namespace vmm::kvm
