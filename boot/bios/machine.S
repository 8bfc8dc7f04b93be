// What the image wants of the machine, before anything is loaded.

#include "boot/bios/layout.h"

// Source: Intel SDM vol. 2A, CPUID.
#define CPUID_EXTENDED 0x80000001
#define CPUID_LONG_MODE (1 << 29)

// Source: IBM PS/2 Hardware Interface Technical Reference, system control port A.
#define CONTROL_PORT_A 0x92
#define CONTROL_PORT_A20 0x02
#define CONTROL_PORT_RESET 0x01

  .section .loader.bss, "aw", @nobits
  .balign 4
a20_word:
  .skip 4

  .section .loader.text, "ax", @progbits
  .code16

// PrepareMachine: checks the processor and memory, enables A20, fills in boot_params.
//
// In:     all segments 0, a stack.
// Out:    to Fail if the image cannot run here.
// Spoils: all but the segments.
  .globl PrepareMachine
PrepareMachine:
  call CheckProcessor
  call EnableA20
  call FillBootParams
  jmp CheckMemory

// CheckProcessor: whether there is long mode.
//
// Source: Intel SDM vol. 2A, CPUID.
// Out:    to Fail if not.
// Spoils: %eax, %ebx, %ecx, %edx, %si.
CheckProcessor:
  movw $no_long_mode, %si
  movl $0x80000000, %eax
  cpuid
  cmpl $CPUID_EXTENDED, %eax
  jb Fail
  movl $CPUID_EXTENDED, %eax
  cpuid
  testl $CPUID_LONG_MODE, %edx
  jz Fail
  ret

// EnableA20: lets odd megabytes be addressed.
//
// Source: INT 15h, AX=2401h; system control port A.
// Out:    to Fail if they cannot.
// Spoils: %eax, %cx, %si.
EnableA20:
  call TestA20
  jne 1f
  movw $0x2401, %ax
  int $0x15
  call TestA20
  jne 1f
  inb $CONTROL_PORT_A, %al
  orb $CONTROL_PORT_A20, %al
  andb $~CONTROL_PORT_RESET, %al
  outb %al, $CONTROL_PORT_A
  call TestA20
  jne 1f
  movw $no_a20, %si
  jmp Fail
1:
  ret

// TestA20: whether an address and the one 1 MiB above name the same byte.
//
// Out:    ZF set if they do: A20 is off.
// Spoils: %eax, %cx.
TestA20:
  movw $0xffff, %ax
  movw %ax, %es
  movw $1000, %cx  // A gate may take a while to open.
1:
  incl a20_word
  movl %es:a20_word + 0x10, %eax
  cmpl a20_word, %eax
  loope 1b
  pushw %ds
  popw %es
  ret

no_long_mode:
  .asciz "this processor has no long mode: use a 64-bit one\r\n"
no_a20:
  .asciz "the A20 line stays off: enable it in the BIOS\r\n"
