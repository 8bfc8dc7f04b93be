// Out of real mode and back: 16-bit code reaches the first megabyte only, and the image lies above.

#include "boot/bios/layout.h"

// Selectors, as Linux's 32-bit boot protocol wants them for code and data.
#define CODE16 0x08
#define CODE32 0x10
#define DATA32 0x18
#define DATA16 0x20

  .section .loader.text, "ax", @progbits

  .balign 8
gdt:
  .word 0  // The null descriptor's place serves the pointer.
gdt_pointer:
  .word gdt_end - gdt - 1
  .long gdt
  .quad 0x00009b000000ffff  // CODE16
  .quad 0x00cf9b000000ffff  // CODE32: 4 GiB
  .quad 0x00cf93000000ffff  // DATA32: 4 GiB
  .quad 0x000093000000ffff  // DATA16
gdt_end:

  .code16

// CallProtected: calls a 32-bit routine in protected mode without paging, interrupts off.
//
// Source: Intel SDM vol. 3A, sections 9.9.1 and 9.9.2 (switching modes).
// In:     %bp = the routine; other general registers are its arguments. All segments 0, a stack.
// Out:    what the routine leaves in %ebx to %edi; in real mode, interrupts on.
// Spoils: %eax; %bp.
  .globl CallProtected
CallProtected:
  cli
  lgdtl gdt_pointer
  movl %cr0, %eax
  orb $1, %al
  movl %eax, %cr0
  ljmp $CODE32, $1f
  .code32
1:
  movl $DATA32, %eax
  movl %eax, %ds
  movl %eax, %es
  movl %eax, %ss
  movzwl %sp, %esp
  movzwl %bp, %ebp
  call *%ebp
  ljmp $CODE16, $2f
  .code16
2:
  // Real mode keeps the limits that it finds: those of 64 KiB.
  movw $DATA16, %ax
  movw %ax, %ds
  movw %ax, %es
  movw %ax, %ss
  movl %cr0, %eax
  andb $~1, %al
  movl %eax, %cr0
  ljmp $0, $3f
3:
  xorw %ax, %ax
  movw %ax, %ds
  movw %ax, %es
  movw %ax, %ss
  sti
  ret
