// The calls that start and wake other cores. Only in images that ask for several: see cores.h.
//
// Local APICs are used in xAPIC mode, as in wait.S: ids are below 255.

#include "kernel/abi/cpu_state.h"
#include "kernel/abi/nucleus_call.h"
#include "kernel/nucleus/apic.h"
#include "kernel/nucleus/layout.h"

// Source: Intel SDM vol. 3A, section 2.5.
#define CR0_WRITE_PROTECT (1 << 16)
#define CR4_SMAP (1 << 21)

// How often the APIC is asked whether a command is on its way; emulated ones say so at once.
#define SEND_TRIES 1000

// Where a start can leave its first code: not the null page, and below video memory.
#define FIRST_START_PAGE 0x1000
#define END_OF_START_PAGES 0xa0000
#define PAGE_OFFSET 0xfff

// For the linker script: that there are several cores, and what room they want.
  .globl core_pages_size, core_stacks_size
  .set core_pages_size, (NUCLEUS_MAX_CORES - 1) * CORE_PAGE_SIZE
  .set core_stacks_size, (NUCLEUS_MAX_CORES - 1) * CORE_STACK_SIZE

  .section .nucleus.text, "ax", @progbits

// CoreCall: finds the call.
//
// Source: kernel/abi/nucleus_call.h.
// In:     on the stack: rip, cs, rflags, rsp, ss; %eax = call number, %rdi, %rdx = arguments.
// Out:    to the call's routine, which ends in iretq; %rax = -1 if there is none.
// Spoils: %rflags.
  .globl CoreCall
CoreCall:
  cmpl $ABI_CALL_PREPARE_CORES, %eax
  je PrepareCores
  cmpl $NUCLEUS_MAX_CORES, %edi
  jae NoSuchCall
  cmpl $ABI_CALL_WAKE_CORE, %eax
  je WakeCore
  testl %edi, %edi
  jz NoSuchCall
  cmpl $ABI_CALL_RESET_CORE, %eax
  je ResetCore
  cmpl $ABI_CALL_START_CORE, %eax
  je StartCore
  jmp NoSuchCall

// PrepareCores: see CoreCall.
//
// In:     %rdi = address of the page for CoreStart.
// Spoils: %rcx, %rdx, %rsi, %rdi.
PrepareCores:
  movl %edi, %edx
  testl $PAGE_OFFSET, %edx
  jne NoSuchCall
  subl $FIRST_START_PAGE, %edx
  cmpl $(END_OF_START_PAGES - FIRST_START_PAGE), %edx
  jae NoSuchCall
  movl %edi, start_page
  call PrepareApic
  movq %cr4, %rax
  movl %eax, core_cr4
  // That page is ring 3's, to read: for this moment neither holds.
  movl %eax, %edx
  andl $~CR4_SMAP, %edx
  movq %rdx, %cr4
  movl $(ABI_CR0 & ~CR0_WRITE_PROTECT), %edx
  movq %rdx, %cr0
  movl $CoreStart, %esi
  movl $core_start_size, %ecx
  rep movsb
  movw $boot_block_gdt_limit, (%rdi)
  movl $gdt, 2(%rdi)
  movl $ABI_CR0, %edx
  movq %rdx, %cr0
  movq %rax, %cr4

  movl $APIC_ID, %edx
  movl (%rdx), %eax
  shrl $24, %eax
  movb %al, core_apic_ids
  iretq

// StartCore, WakeCore: see CoreCall.
//
// In:     %edi = core number, in range.
// Spoils: %rcx, %rdx.
StartCore:
  movl start_page, %eax
  shrl $12, %eax
  orl $APIC_STARTUP, %eax
  jmp 1f
WakeCore:
  movl $(APIC_FIXED | NUCLEUS_WAKE_VECTOR), %eax
1:
  movzbl core_apic_ids(%rdi), %edx
  cmpl $APIC_NO_ID, %edx
  je NoSuchCall
  // Fall through.

// SendInterrupt: sends %eax (the APIC's command) to the APIC id %edx and ends the call.
//
// Source: Intel SDM vol. 3A, section 10.6.1 (interrupt command register).
// In:     %eax, %edx.
// Out:    %rax = 0, in ring 3.
// Spoils: %rcx, %rdx.
  .globl SendInterrupt
SendInterrupt:
  shll $24, %edx
  movl $APIC_COMMAND_TARGET, %ecx
  movl %edx, (%rcx)
  movl $APIC_COMMAND, %ecx
  movl %eax, (%rcx)
  // The next command must not overtake it; a target that never takes it must not hold us up.
  movl $SEND_TRIES, %edx
1:
  testl $APIC_PENDING, (%rcx)
  je 2f
  subl $1, %edx
  jne 1b
2:
  xorl %eax, %eax
  iretq
