// Sector 0 of a disk: reads the loader and starts it.
//
// Source: IBM PC BIOS, INT 19h (bootstrap); xorriso 1.5, --grub2-mbr (where the loader's sector stands).

#include "boot/bios/layout.h"

  .section .mbr, "awx", @progbits
  .code16

// Mbr: the first instruction after the BIOS.
//
// In:     real mode, this sector at 0x7c00; %dl = the BIOS's number of the disk.
// Out:    BIOS_LOADER + BIOS_DISK_ENTRY_OFFSET: all segments 0, a stack, %dl kept; this sector at BIOS_MBR.
  .globl Mbr
Mbr:
  cli
  xorw %ax, %ax
  movw %ax, %ds
  movw %ax, %es
  movw %ax, %ss
  movw $BIOS_STACK_TOP, %sp
  sti
  cld
  // Out of the loader's way; the stack begins where this sector lies.
  movw %sp, %si
  movw $BIOS_MBR, %di
  movw $(512 / 2), %cx
  rep movsw
  ljmp $0, $1f
1:
  pushw %dx
  call OpenDisk
  movl BIOS_MBR + BIOS_MBR_IMAGE_OFFSET, %eax
  movl BIOS_MBR + BIOS_MBR_IMAGE_OFFSET + 4, %ebx
  subl $(BIOS_LOADER_SIZE / 512), %eax
  sbbl $0, %ebx
  movl %eax, disk_block
  movl %ebx, disk_block + 4
  movl $BIOS_LOADER, disk_buffer
  movw $(BIOS_LOADER_SIZE / 512), %cx
  call ReadDisk
  popw %dx
  cmpb $0xea, BIOS_LOADER  // Its first instruction: else this is not the loader.
  jne DiskFailed
  jmp BIOS_LOADER + BIOS_DISK_ENTRY_OFFSET
