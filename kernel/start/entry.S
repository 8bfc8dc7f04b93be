// Ring3Entry: the first instruction in ring 3, from the nucleus or straight from our monitor.
//
// In:     %edi = ABI_BOOT_ number, %rsi = what it says (kernel/abi/boot_handoff.h); %rsp = the main stack,
//         a multiple of 16; interrupts off.
// Out:    calls EnterKernel(%edi, %rsi), which does not return.
// Spoils: %rax, %rdx, %rbp.

#include "kernel/abi/boot_mark.h"

  .section .text.start, "ax", @progbits
  .globl Ring3Entry
  .type Ring3Entry, @function
Ring3Entry:
  rdtsc  // The mark comes before anything else is done.
  movl %eax, boot_clock + 8 * ABI_MARK_RING3_ENTRY
  movl %edx, boot_clock + 8 * ABI_MARK_RING3_ENTRY + 4
  xorl %ebp, %ebp  // Where a backtrace ends.
  call EnterKernel
  ud2
  .size Ring3Entry, . - Ring3Entry
