// The way in for loaders that place the image's bytes without its ELF file (kernel/abi/flat_image.h).

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/boot_mark.h"
#include "kernel/abi/flat_image.h"

  .section .nucleus.header, "a", @progbits
  .globl FlatHeader  // Named by //boot:elf, which so pulls in this object.
FlatHeader:
  .long ABI_FLAT_MAGIC
  .long Linux32Entry
  .long Linux64Entry
  .long load_end
  .long stack_top
  .long image_end

// Linux32Entry: the first instruction of the image under a loader that speaks Linux's 32-bit protocol.
//
// Source: Linux, Documentation/arch/x86/boot.rst ("32-bit BOOT PROTOCOL").
// In:     32-bit protected mode, paging off, flat segments, interrupts off;
//         %esi = physical address of boot_params (kernel/abi/linux_boot.h). No stack is used.
// Out:    Enter32 (kernel/nucleus/enter.S) with %edi = ABI_BOOT_LINUX64: both protocols leave one structure.
// Spoils: %eax, %ebx, %ecx, %edx.
  .section .nucleus.text32, "ax", @progbits
  .code32
  .globl Linux32Entry
Linux32Entry:
  rdtsc  // The mark comes before anything else is done.
  movl %eax, %ebx
  cld
  xorl %eax, %eax
  movl $stack_top, %edi
  movl $image_end, %ecx
  subl %edi, %ecx
  shrl $2, %ecx
  rep stosl
  movl %ebx, boot_clock + 8 * ABI_MARK_NUCLEUS_ENTRY
  movl %edx, boot_clock + 8 * ABI_MARK_NUCLEUS_ENTRY + 4
  movl $ABI_BOOT_LINUX64, %edi
  jmp Enter32
