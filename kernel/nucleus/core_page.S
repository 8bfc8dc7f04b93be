// The page of a core: tables and stacks of its own. Only in images that ask for several cores.

#include "kernel/abi/cpu_state.h"
#include "kernel/nucleus/apic.h"
#include "kernel/nucleus/layout.h"

// Of a TSS: where its stacks stand. Source: Intel SDM vol. 3A, section 7.7.
#define TSS_RSP0 4
#define TSS_IST1 36
// The upper half of its descriptor: present, available TSS. Source: the same, section 7.2.3.
#define TSS_DESCRIPTOR 0x8900

  .section .nucleus.text, "ax", @progbits

// ResetCore: a call (cores.S). Lays out the core's page (kernel/nucleus/layout.h) and resets the core.
//
// In:     %edi = core number, in range; %edx = APIC id.
// Out:    to SendInterrupt.
// Spoils: %rcx, %rdx, %rsi, %rdi, %r8.
  .globl ResetCore
ResetCore:
  // Not the core that started the others: it would start from the beginning.
  cmpl $APIC_NO_ID, %edx
  jae NoSuchCall
  cmpb %dl, core_apic_ids
  je NoSuchCall
  movb %dl, core_apic_ids(%rdi)
  shll $12, %edi
  addl $(core_pages_begin - CORE_PAGE_SIZE), %edi
  movl %edi, %r8d

  // Tables of the first core, then where they differ.
  movl $gdt, %esi
  movl $CORE_APIC_READY, %ecx
  rep movsb
  leal CORE_TSS(%r8), %edi
  movl $NUCLEUS_TSS, %esi
  movl $((ABI_TSS_LIMIT + 8) / 8), %ecx
  rep movsq
  leal CORE_PAGE_SIZE(%r8), %eax
  movl %eax, CORE_TSS + TSS_RSP0(%r8)
  leal CORE_INTERRUPT_STACK_TOP(%r8), %eax
  movl %eax, CORE_TSS + TSS_IST1(%r8)
  leal CORE_TSS(%r8), %eax
  movl %eax, %ecx
  shll $16, %eax
  orl $ABI_TSS_LIMIT, %eax
  movl %eax, CORE_GDT + ABI_TSS_SELECTOR(%r8)
  shrl $16, %ecx
  orl $TSS_DESCRIPTOR, %ecx
  movl %ecx, CORE_GDT + ABI_TSS_SELECTOR + 4(%r8)
  movw $boot_block_gdt_limit, CORE_GDT_POINTER(%r8)
  movq %r8, CORE_GDT_POINTER + 2(%r8)

  movl $APIC_INIT, %eax
  jmp SendInterrupt
