// From a boot path to the nucleus: the two ways in, by the state in which the loader left the processor.
//
// Callers: boot/*/entry.S, by jump. Both keep %edi (ABI_BOOT_ number) and %esi (address of the loader's
// structure, below 4 GiB) for Ring3Entry.

#include "kernel/abi/cpu_state.h"
#include "kernel/nucleus/layout.h"
#include "kernel/nucleus/long_mode.h"

// Enter32: from 32-bit protected mode without paging.
//
// Source: Intel SDM vol. 3A, section 9.8.5 (initialising IA-32e mode).
// In:     flat segments, paging off, interrupts off; %edi, %esi.
// Out:    NucleusInit, in 64-bit mode on the nucleus's tables.
// Spoils: %eax, %ecx, %edx, %rflags.
  .section .nucleus.text32, "ax", @progbits
  .code32
  .globl Enter32
Enter32:
  cld
  lgdtl gdt_pointer
  EnterLongMode NucleusInit

// Enter64: from 64-bit mode on a loader's page tables that map the image one to one.
//
// In:     interrupts off; %edi, %esi. No stack is needed.
// Out:    NucleusInit, on the nucleus's tables.
// Spoils: %rax, %rcx, %rdx, %rsp, %rflags.
  .section .nucleus.text, "ax", @progbits
  .code64
  .globl Enter64
Enter64:
  cld
  // First, for our page tables have no-execute bits.
  movl $MSR_EFER, %ecx
  movl $(ABI_EFER | ABI_EFER_LMA), %eax
  xorl %edx, %edx
  wrmsr
  movl $ABI_CR4, %eax
  movq %rax, %cr4
  movl $NUCLEUS_PML4, %eax
  movq %rax, %cr3
  movl $ABI_CR0, %eax
  movq %rax, %cr0
  lgdt gdt_pointer
  movl $NUCLEUS_STACK_TOP, %esp
  pushq $ABI_NUCLEUS_CODE
  pushq $NucleusInit
  lretq
