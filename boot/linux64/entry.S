// Linux64Entry: the first instruction of the image under a loader that speaks Linux's 64-bit protocol.
//
// Source: Linux, Documentation/arch/x86/boot.rst ("64-bit BOOT PROTOCOL").
// In:     64-bit mode, paging on with the image mapped one to one, interrupts off;
//         %rsi = physical address of boot_params (kernel/abi/linux_boot.h), below 4 GiB.
// Out:    Enter64 (kernel/nucleus/enter.S) with %edi = ABI_BOOT_LINUX64.
// Spoils: %rax, %rdx.

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/boot_mark.h"

  .section .nucleus.text, "ax", @progbits
  .globl Linux64Entry
Linux64Entry:
  rdtsc  // The mark comes before anything else is done.
  movl %eax, boot_clock + 8 * ABI_MARK_NUCLEUS_ENTRY
  movl %edx, boot_clock + 8 * ABI_MARK_NUCLEUS_ENTRY + 4
  movl $ABI_BOOT_LINUX64, %edi
  jmp Enter64
