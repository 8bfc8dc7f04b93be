// The note by which our monitor enters ring 3 directly.
//
// Source: kernel/abi/boot_block.h, whose struct this is; kernel/nucleus/boot_block_test.cc compares them.

#include "kernel/abi/boot_block.h"
#include "kernel/nucleus/layout.h"

  .section .note.Torito, "a", @note
  .balign 4
  .long name_end - name
  .long descriptor_end - descriptor
  .long ABI_BOOT_BLOCK_NOTE
name:
  .asciz "Torito"
name_end:
  .balign 4
  .globl BootBlockNote  // Named by the linker script, which so pulls in this object.
BootBlockNote:
descriptor:
  .long ABI_BOOT_BLOCK_VERSION
  .long image_needs
  .quad NUCLEUS_PML4
  .quad boot_block_gdt
  .quad boot_block_gdt_limit
  .quad NUCLEUS_IDT
  .quad boot_block_idt_limit
  .quad NUCLEUS_TSS
  .quad Ring3Entry
  .quad stack_top
  .quad boot_clock
  .quad wait_request
  .quad nucleus_begin
  .quad nucleus_end
  .quad image_end
descriptor_end:
  .balign 4
