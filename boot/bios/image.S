// The image: from the disk to its place, its checksum, its first instruction.

#include "boot/bios/layout.h"
#include "kernel/abi/flat_image.h"

// Offsets into boot_params (kernel/abi/linux_boot.h).
#define LOADER_TYPE (BIOS_BOOT_PARAMS + 0x210)
#define CODE32_START (BIOS_BOOT_PARAMS + 0x214)
#define COMMAND_LINE (BIOS_BOOT_PARAMS + 0x228)
#define LOADER_UNKNOWN 0xff

  .section .loader.bss, "aw", @nobits
  .globl image_block_shift
image_block_shift:  // log2 of the bytes of a block.
  .skip 1

  .section .loader.text, "ax", @progbits
  .code16

// LoadImage: reads the image to ABI_FLAT_BASE, and its command line to BIOS_COMMAND_LINE.
//
// In:     disk_block = its first block; boot_params.
// Out:    boot_params names the command line; to Fail if the disk cannot be read.
// Spoils: all but the segments.
  .globl LoadImage
LoadImage:
  movl $((BIOS_BUFFER >> 4) << 16), disk_buffer
  movl $ABI_FLAT_BASE, %edi
  movl parameters + BIOS_IMAGE_SIZE, %edx
1:
  movl parameters + BIOS_READ_SIZE, %eax
  cmpl %edx, %eax
  jbe 2f
  movl %edx, %eax
2:
  pushl %edx
  pushl %eax
  movb image_block_shift, %cl
  shrl %cl, %eax
  movw %ax, %cx
  call ReadDisk
  popl %ecx
  pushl %ecx
  movl $BIOS_BUFFER, %esi
  call CopyHigh
  popl %eax
  popl %edx
  subl %eax, %edx
  jnz 1b

  movb $LOADER_UNKNOWN, LOADER_TYPE
  movl parameters + BIOS_COMMAND_LINE_SIZE, %ecx
  jecxz 3f
  movl parameters + BIOS_COMMAND_LINE_SOURCE, %esi
  movl $BIOS_COMMAND_LINE, %edi
  movl %edi, COMMAND_LINE

// CopyHigh: copies memory, also above 1 MiB.
//
// In:     %esi = from, %edi = to, %ecx = bytes, a multiple of 4.
// Out:    %esi, %edi behind it.
// Spoils: %eax, %ecx, %bp.
CopyHigh:
  shrl $2, %ecx
  movw $Copy, %bp
  jmp CallProtected
3:
  ret

// StartImage: starts the image if it is whole.
//
// In:     boot_params; the image at ABI_FLAT_BASE.
// Out:    the image's 32-bit entry, %esi = boot_params; or Fail.
  .globl StartImage
StartImage:
  movw $EnterImage, %bp
  call CallProtected
  movw $bad_image, %si
  jmp Fail

bad_image:
  .asciz "the image is damaged or cut off: write it again\r\n"

  .code32

// Copy: copies memory.
//
// In:     %esi = from, %edi = to, %ecx = number of 32-bit words.
// Out:    %esi, %edi behind it.
// Spoils: %ecx.
Copy:
  rep movsl
  ret

// EnterImage: enters the image if its magic number is there and the sums of image_writer.h are 0.
//
// Source: kernel/abi/flat_image.h; Linux, Documentation/arch/x86/boot.rst ("32-bit BOOT PROTOCOL").
// In:     32-bit protected mode, flat segments, paging off, interrupts off.
// Out:    the image's entry; returns only if the image is not whole.
// Spoils: all.
EnterImage:
  cmpl $ABI_FLAT_MAGIC, ABI_FLAT_BASE + ABI_FLAT_HEADER_OFFSET
  jne 2f
  movl $ABI_FLAT_BASE, %esi
  movl parameters + BIOS_IMAGE_SIZE, %ecx
  shrl $2, %ecx
  xorl %ebx, %ebx
  xorl %edx, %edx
1:
  lodsl
  addl %eax, %ebx
  addl %ebx, %edx
  loop 1b
  orl %edx, %ebx
  jnz 2f
  movl $BIOS_BOOT_PARAMS, %esi
  xorl %edi, %edi
  xorl %ebp, %ebp
  jmp *CODE32_START
2:
  ret
