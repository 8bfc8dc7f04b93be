// EnterLongMode: what every way from 32-bit mode into 64-bit mode does.
#ifndef KERNEL_NUCLEUS_LONG_MODE_H_
#define KERNEL_NUCLEUS_LONG_MODE_H_

#include "kernel/abi/cpu_state.h"
#include "kernel/nucleus/layout.h"

// Source: Intel SDM vol. 4, IA32_EFER.
#define MSR_EFER 0xc0000080

// Source: Intel SDM vol. 3A, section 9.8.5 (initialising IA-32e mode).
// In:     32-bit protected mode, paging off, the nucleus's descriptor table.
// Out:    `target`, in 64-bit mode on the nucleus's page tables.
// Spoils: %eax, %ecx, %edx, %rflags.
// clang-format off
  .macro EnterLongMode target
  movl $ABI_CR4, %eax
  movl %eax, %cr4
  movl $NUCLEUS_PML4, %eax
  movl %eax, %cr3
  movl $MSR_EFER, %ecx
  movl $ABI_EFER, %eax
  xorl %edx, %edx
  wrmsr
  movl $ABI_CR0, %eax
  movl %eax, %cr0
  ljmpl $ABI_NUCLEUS_CODE, $\target
  .endm
// clang-format on

#endif  // KERNEL_NUCLEUS_LONG_MODE_H_
