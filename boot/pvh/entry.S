// PvhEntry: the first instruction of the image under a PVH loader.
//
// Source: Xen, docs/misc/pvh.pandoc ("x86/HVM direct boot ABI").
// In:     32-bit protected mode, paging off, flat segments, interrupts off;
//         %ebx = physical address of hvm_start_info (kernel/abi/pvh.h).
//         No stack and no valid GDT are promised.
// Out:    Enter32 (kernel/nucleus/enter.S) with %edi = ABI_BOOT_PVH, %esi = that address.
// Spoils: %eax, %edx.

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/boot_mark.h"

#define XEN_ELFNOTE_PHYS32_ENTRY 18

  // The ELF note by which the loader finds the entry.
  .section .note.Xen, "a", @note
  .balign 4
  .long 4, 4, XEN_ELFNOTE_PHYS32_ENTRY  // Bytes of name and descriptor.
  .asciz "Xen"
  .long PvhEntry

  .section .nucleus.text32, "ax", @progbits
  .code32
  .globl PvhEntry
PvhEntry:
  rdtsc  // The mark comes before anything else is done.
  movl %eax, boot_clock + 8 * ABI_MARK_NUCLEUS_ENTRY
  movl %edx, boot_clock + 8 * ABI_MARK_NUCLEUS_ENTRY + 4
  movl $ABI_BOOT_PVH, %edi
  movl %ebx, %esi
  jmp Enter32
