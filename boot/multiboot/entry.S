// MultibootEntry: the first instruction of the image under a multiboot loader, of either version; and the headers
// by which such a loader knows the image.
//
// Source: Multiboot Specification 0.6.96, sections 3.1 and 3.2; Multiboot2 Specification 2.0, sections 3.1 and 3.3.
// In:     32-bit protected mode, paging off, flat segments, interrupts off;
//         %eax = ABI_MULTIBOOT_LOADER_MAGIC or ABI_MULTIBOOT2_LOADER_MAGIC;
//         %ebx = physical address of the loader's structure (kernel/abi/multiboot.h).
//         No stack and no valid GDT are promised.
// Out:    Enter32 (kernel/nucleus/enter.S) with %edi = ABI_BOOT_MULTIBOOT or ABI_BOOT_MULTIBOOT2, %esi = that
//         address. %edi = 0, which no translator takes, if another loader came here.
// Spoils: %eax, %ecx, %edx.

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/boot_mark.h"
#include "kernel/abi/multiboot.h"

#define MULTIBOOT_FLAGS (ABI_MULTIBOOT_ALIGN_MODULES | ABI_MULTIBOOT_WANT_MEMORY)

  .section .nucleus.header, "a", @progbits
  .balign 8
multiboot2_header:
  .long ABI_MULTIBOOT2_HEADER_MAGIC
  .long ABI_MULTIBOOT2_I386
  .long multiboot2_header_end - multiboot2_header
  .long -(ABI_MULTIBOOT2_HEADER_MAGIC + ABI_MULTIBOOT2_I386 + (multiboot2_header_end - multiboot2_header))
  .short ABI_MULTIBOOT2_HEADER_ALIGN_MODULES, 0  // Type and flags; then the tag's size.
  .long 8
  .short ABI_MULTIBOOT2_HEADER_END, 0
  .long 8
multiboot2_header_end:

multiboot_header:
  .long ABI_MULTIBOOT_HEADER_MAGIC
  .long MULTIBOOT_FLAGS
  .long -(ABI_MULTIBOOT_HEADER_MAGIC + MULTIBOOT_FLAGS)

  .section .nucleus.text32, "ax", @progbits
  .code32
  .globl MultibootEntry
MultibootEntry:
  movl %eax, %ecx
  rdtsc  // The mark comes before anything else is done.
  movl %eax, boot_clock + 8 * ABI_MARK_NUCLEUS_ENTRY
  movl %edx, boot_clock + 8 * ABI_MARK_NUCLEUS_ENTRY + 4
  movl %ebx, %esi
  movl $ABI_BOOT_MULTIBOOT, %edi
  cmpl $ABI_MULTIBOOT_LOADER_MAGIC, %ecx
  je Enter32
  movl $ABI_BOOT_MULTIBOOT2, %edi
  cmpl $ABI_MULTIBOOT2_LOADER_MAGIC, %ecx
  je Enter32
  xorl %edi, %edi
  jmp Enter32
