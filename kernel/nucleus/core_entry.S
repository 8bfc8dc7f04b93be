// The way of a core from its start-up interrupt to ring 3. Only in images that ask for several cores.

#include "kernel/abi/cpu_state.h"
#include "kernel/nucleus/apic.h"
#include "kernel/nucleus/layout.h"
#include "kernel/nucleus/long_mode.h"

// ET and PE.
#define CR0_PROTECTED 0x11

// CoreStart: the first instructions of a core, in a copy that PrepareCores made in a page below 1 MiB.
//
// Source: Intel SDM vol. 3A, sections 8.4.4 (start-up of application processors), 9.9.1 (to protected mode).
// In:     real mode, interrupts off, %cs = the page, %ip = 0; behind the code a pointer to the GDT.
// Out:    CoreStart32.
// Spoils: %eax.
  .section .nucleus.text16, "ax", @progbits
  .code16
  .globl CoreStart
CoreStart:
  lgdtl %cs:(core_start_end - CoreStart)
  movl $CR0_PROTECTED, %eax
  movl %eax, %cr0
  ljmpl $NUCLEUS_CODE32, $CoreStart32
core_start_end:
  .globl core_start_size
  .set core_start_size, . - CoreStart

// CoreStart32: on to 64-bit mode. Needs no data segment, of which there is none yet.
//
// In:     32-bit protected mode, paging off.
// Out:    CoreInit.
// Spoils: %eax, %ecx, %edx, %rflags.
  .section .nucleus.text32, "ax", @progbits
  .code32
CoreStart32:
  EnterLongMode CoreInit

// CoreInit: gives the core its page, its tables and its stack, and drops to ring 3.
//
// In:     64-bit mode, %cs = ABI_NUCLEUS_CODE, the nucleus's page tables, interrupts off; the core's page
//         laid out by ResetCore.
// Out:    Ring3CoreEntry, on the core's own stack; %rdi = core number. A core that nobody asked for stops.
// Spoils: every other register.
  .section .nucleus.text, "ax", @progbits
  .code64
CoreInit:
  movl core_cr4, %eax
  movq %rax, %cr4
  movl $APIC_ID, %edx
  movl (%rdx), %eax
  shrl $24, %eax
  xorl %edi, %edi
1:
  addl $1, %edi
  cmpl $NUCLEUS_MAX_CORES, %edi
  je Halt
  cmpb %al, core_apic_ids(%rdi)
  jne 1b

  movl %edi, %ebx
  shll $12, %ebx
  addl $(core_pages_begin - CORE_PAGE_SIZE), %ebx
  lgdt CORE_GDT_POINTER(%rbx)
  lidt idt_pointer
  movl $ABI_NUCLEUS_DATA, %eax
  movl %eax, %ss
  leal CORE_PAGE_SIZE(%rbx), %esp
  xorl %eax, %eax
  movl %eax, %ds
  movl %eax, %es
  movl %eax, %fs
  movl %eax, %gs
  movl $ABI_TSS_SELECTOR, %eax
  ltr %ax
  // Now, not at its first wait: who wakes it before then must not be forgotten.
  call PrepareApic

  movl %edi, %eax
  shll $15, %eax
  .if CORE_STACK_SIZE != 1 << 15
    .error "kernel/nucleus/layout.h has other stacks"
  .endif
  addl $core_stacks_begin, %eax
  pushq $ABI_USER_DATA
  pushq %rax
  pushq $ABI_RING3_RFLAGS
  pushq $ABI_USER_CODE
  pushq $Ring3CoreEntry
  iretq

// Ring3CoreEntry: the first instructions of a core in ring 3.
//
// Source: Intel SDM vol. 3A, table 9-1 (a start-up leaves the x87 unit with its exceptions unmasked).
// In:     %edi = core number; %rsp = the core's stack, a multiple of 16; interrupts off.
// Out:    calls CoreMain(%edi) (kernel/process), which does not return.
// Spoils: %rbp.
  .section .text.Ring3CoreEntry, "ax", @progbits
Ring3CoreEntry:
  fninit
  xorl %ebp, %ebp  // Where a backtrace ends.
  call CoreMain
  ud2

  .section .nucleus.data, "aw", @progbits
  .globl core_apic_ids, core_cr4, start_page
  .balign 4
core_cr4:    // Of the first core, for all.
  .long 0
start_page:  // Where the copy of CoreStart lies.
  .long 0
core_apic_ids:
  .skip NUCLEUS_MAX_CORES, APIC_NO_ID
