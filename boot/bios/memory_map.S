// boot_params: the memory map as the BIOS tells it, and whether the image fits.
//
// Source: ACPI Specification 6.5, section 15.1 (INT 15h, E820h); INT 15h AX=E801h, AH=88h; INT 12h.
//         Linux, Documentation/arch/x86/zero-page.rst, by way of kernel/abi/linux_boot.h.

#include "boot/bios/layout.h"
#include "kernel/abi/flat_image.h"

// Offsets into boot_params (kernel/abi/linux_boot.h), and of E820's entries.
#define MAP_COUNT (BIOS_BOOT_PARAMS + 0x1e8)
#define MAP (BIOS_BOOT_PARAMS + 0x2d0)
#define MAP_MAX 128
#define ENTRY_SIZE 20
#define SIGNATURE 0x534d4150  // "SMAP"
#define USABLE 1

  .section .loader.text, "ax", @progbits
  .code16

// FillBootParams: the header that the image expects to find copied, and the map.
//
// In:     %ds = %es = 0.
// Out:    boot_params.
// Spoils: all but the segments.
  .globl FillBootParams
FillBootParams:
  xorl %eax, %eax
  movw $BIOS_BOOT_PARAMS, %di
  movw $(4096 / 4), %cx
  rep stosl
  movw $(BIOS_LOADER + BIOS_LINUX_HEADER_OFFSET), %si
  movw $(BIOS_BOOT_PARAMS + BIOS_LINUX_HEADER_OFFSET), %di
  movw $(BIOS_LINUX_HEADER_END - BIOS_LINUX_HEADER_OFFSET), %cx
  rep movsb

  movw $MAP, %di
  xorl %ebx, %ebx
1:
  movl $0xe820, %eax
  movl $SIGNATURE, %edx
  movl $ENTRY_SIZE, %ecx
  int $0x15
  jc 2f
  cmpl $SIGNATURE, %eax
  jne 2f
  call KeepEntry
  jae 3f
  testl %ebx, %ebx
  jnz 1b
2:
  cmpb $0, MAP_COUNT
  je FillOldMap
3:
  ret

// KeepEntry: counts the entry at %di.
//
// Out:    %di behind it; CF clear if there is no room for another.
KeepEntry:
  addw $ENTRY_SIZE, %di
  incb MAP_COUNT
  cmpb $MAP_MAX, MAP_COUNT
  ret

// FillOldMap: the map of a BIOS that does not know E820.
//
// In:     %di = MAP, %es = 0.
// Out:    boot_params.
// Spoils: %eax, %ebx, %ecx, %edx.
FillOldMap:
  int $0x12
  movzwl %ax, %ecx
  shll $10, %ecx
  xorl %eax, %eax
  call AddUsable
  xorw %cx, %cx
  xorw %dx, %dx
  movw $0xe801, %ax
  int $0x15
  jc 2f
  jcxz 1f
  movw %cx, %ax  // What is configured, if that is told.
  movw %dx, %bx
1:
  movzwl %bx, %ebx
  shll $16, %ebx
  movzwl %ax, %ecx
  shll $10, %ecx
  movl $ABI_FLAT_BASE, %eax
  call AddUsable
  movl %ebx, %ecx
  movl $0x1000000, %eax
  jmp AddUsable
2:
  movb $0x88, %ah
  int $0x15
  jc 3f
  movzwl %ax, %ecx
  shll $10, %ecx
  movl $ABI_FLAT_BASE, %eax

// AddUsable: an entry of usable memory, or none if it is empty.
//
// In:     %eax = base, %ecx = size, %di = where.
// Out:    %di behind it.
AddUsable:
  jecxz 3f
  movl %eax, (%di)
  movl %ecx, 8(%di)
  movb $USABLE, 16(%di)
  jmp KeepEntry
3:
  ret

// CheckMemory: whether there is RAM from ABI_FLAT_BASE to the image's end.
//
// Out:    to Fail if not.
// Spoils: %eax, %cx, %edx, %si, %di.
  .globl CheckMemory
CheckMemory:
  movw $MAP, %di
  movzbw MAP_COUNT, %cx
  jcxz 3f
1:
  cmpl $USABLE, 16(%di)
  jne 2f
  movl (%di), %eax
  movl 4(%di), %edx
  testl %edx, %edx
  jnz 2f
  cmpl $ABI_FLAT_BASE, %eax
  ja 2f
  addl 8(%di), %eax
  adcl 12(%di), %edx
  jnz 4f  // It ends above 4 GiB.
  cmpl parameters + BIOS_MEMORY_END, %eax
  jae 4f
2:
  addw $ENTRY_SIZE, %di
  loop 1b
3:
  movw $too_little_memory, %si
  jmp Fail
4:
  ret
