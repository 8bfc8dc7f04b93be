// The nucleus's one-time work at boot, all of it: everything else was laid out by the linker.

#include "kernel/abi/cpu_state.h"
#include "kernel/nucleus/layout.h"

// CPUID leaf 7, %ebx, and the bits of CR4 that they allow.
// Source: Intel SDM vol. 3A, section 2.5.
#define CPUID7_FSGSBASE (1 << 0)
#define CPUID7_SMEP (1 << 7)
#define CPUID7_SMAP (1 << 20)
#define CR4_FSGSBASE (1 << 16)
#define CR4_SMEP (1 << 20)
#define CR4_SMAP (1 << 21)

  .section .nucleus.text, "ax", @progbits

// NucleusInit: loads the descriptor tables, turns on what the processor offers and drops to ring 3.
//
// Source: Intel SDM vol. 3A, section 9.8.5.
// In:     64-bit mode, CS = ABI_NUCLEUS_CODE, the nucleus's page tables, interrupts off; %edi, %esi.
// Out:    Ring3Entry (kernel/start), on the main stack; %rdi, %rsi kept, upper halves 0.
// Spoils: every other register.
  .globl NucleusInit
NucleusInit:
  movl $ABI_NUCLEUS_DATA, %eax
  movl %eax, %ss
  movl $NUCLEUS_STACK_TOP, %esp
  // The loader's selectors may name nothing in our table.
  xorl %eax, %eax
  movl %eax, %ds
  movl %eax, %es
  movl %eax, %fs
  movl %eax, %gs
  lidt idt_pointer
  movl $ABI_TSS_SELECTOR, %eax
  ltr %ax

  xorl %eax, %eax
  cpuid
  cmpl $7, %eax
  jb 2f
  movl $7, %eax
  xorl %ecx, %ecx
  cpuid
  movl $ABI_CR4, %eax
  testl $CPUID7_FSGSBASE, %ebx
  jz 1f
  orl $CR4_FSGSBASE, %eax
1:
  testl $CPUID7_SMEP, %ebx
  jz 1f
  orl $CR4_SMEP, %eax
1:
  testl $CPUID7_SMAP, %ebx
  jz 1f
  orl $CR4_SMAP, %eax
1:
  movq %rax, %cr4

2:
  movl %edi, %edi
  movl %esi, %esi
  pushq $ABI_USER_DATA
  pushq $stack_top
  pushq $ABI_RING3_RFLAGS
  pushq $ABI_USER_CODE
  pushq $Ring3Entry
  iretq
