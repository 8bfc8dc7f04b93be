// The loader: the ways in from sector 0 and from a CD, and the order of what is done.
//
// Source: "El Torito" Bootable CD-ROM Format Specification 1.0, section 2.2 (no emulation);
//         mkisofs(8), -boot-info-table.

#include "boot/bios/layout.h"
#include "kernel/abi/flat_image.h"

#define DISK_BLOCK_SHIFT 9
#define CD_BLOCK_SHIFT 11

  .section .loader.start, "awx", @progbits
  .code16

// LoaderStart: the first instruction after a BIOS that read BIOS_LOADER_SIZE bytes from a CD.
//
// In:     real mode; %dl = the BIOS's number of the CD.
// Out:    Load.
  .globl LoaderStart
LoaderStart:
  ljmp $0, $StartFromCd

  .org BIOS_DISK_ENTRY_OFFSET
  jmp StartFromDisk

  .org BIOS_BOOT_INFO_OFFSET
boot_info:
  .skip BIOS_BOOT_INFO_SIZE

// StartFromDisk: the first instruction after sector 0.
//
// In:     see Mbr (mbr.S).
// Out:    Load.
StartFromDisk:
  call OpenDisk
  movl BIOS_MBR + BIOS_MBR_IMAGE_OFFSET, %eax
  movl BIOS_MBR + BIOS_MBR_IMAGE_OFFSET + 4, %ebx
  movb $DISK_BLOCK_SHIFT, %cl
  jmp Load

StartFromCd:
  cli
  xorw %ax, %ax
  movw %ax, %ds
  movw %ax, %es
  movw %ax, %ss
  movw $BIOS_STACK_TOP, %sp
  sti
  cld
  // The file's first block. If nobody filled it in, this is no CD, and the BIOS has read only one
  // sector: up to here, and to what Fail needs.
  movl boot_info + 4, %eax
  movw $not_placed, %si
  testl %eax, %eax
  jz Fail
  incl %eax  // The loader is one block.
  xorl %ebx, %ebx
  // A CD that starts this has the BIOS's extensions, whether the BIOS says so or not.
  movl %ebx, disk_track_size
  movb %dl, disk_drive
  movb $CD_BLOCK_SHIFT, %cl

// Load: from here on disks and CDs are alike.
//
// In:     %eax, %ebx = first block of the image; %cl = log2 of a block's bytes.
// Out:    the image's entry, or Fail.
Load:
  movl %eax, disk_block
  movl %ebx, disk_block + 4
  movb %cl, image_block_shift
  call CheckLoader
  call PrepareMachine
  call LoadImage
  jmp StartImage

not_placed:
  .asciz "not on a CD: write the .img or .iso instead\r\n"

  .section .loader.text, "ax", @progbits

// CheckLoader: whether this loader and its parameters are what the image writer wrote.
//
// In:     %ds = 0.
// Out:    to Fail if not.
// Spoils: %eax, %cx, %edx, %si.
  .globl CheckLoader
CheckLoader:
  movw $(BIOS_LOADER + BIOS_LINUX_HEADER_END), %si
  movw $((BIOS_LOADER_SIZE - BIOS_LINUX_HEADER_END) / 4), %cx
  xorl %edx, %edx
1:
  lodsl
  addl %eax, %edx
  loop 1b
  movw $bad_loader, %si
  testl %edx, %edx
  jnz Fail
  ret

bad_loader:
  .asciz "the loader is damaged: write the image again\r\n"
