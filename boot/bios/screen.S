// What the loader says when it cannot go on: on the screen and on the first serial port.

#include "kernel/abi/ports.h"

// Source: National Semiconductor PC16550D data sheet, section 8: line status register.
#define SERIAL_STATUS (ABI_SERIAL_PORT + 5)
#define SERIAL_READY 0x20

  .section .loader.text, "ax", @progbits
  .code16

// Fail: prints "torito: " and a text, ends the machine through the exit port, and otherwise halts.
//
// In:     %si = text, ends in a zero byte; %ds = 0, a stack.
// Out:    never returns.
// Spoils: all.
  .globl Fail
Fail:
  pushw %si
  movw $fail_prefix, %si
  call Print
  popw %si
  call Print
  movl $ABI_EXIT_LOADER, %eax
  outl %eax, $ABI_EXIT_PORT
1:
  cli
  hlt
  jmp 1b

// Print: a text on the screen and on the serial port.
//
// Source: IBM PC BIOS, INT 10h, AH=0Eh (teletype output).
// In:     %si = text, ends in a zero byte.
// Out:    %si = behind it.
// Spoils: %eax, %bx, %cx, %dx.
Print:
  lodsb
  testb %al, %al
  jz 2f
  pushw %ax
  movb $0x0e, %ah
  xorw %bx, %bx  // Page 0.
  int $0x10
  movw $SERIAL_STATUS, %dx
  xorw %cx, %cx  // 65,536 looks: a port that never gets ready must not stop us.
1:
  inb %dx, %al
  testb $SERIAL_READY, %al  // Reads as set where there is no port, which takes the text quietly.
  loopz 1b
  popw %ax
  movb $(ABI_SERIAL_PORT & 0xff), %dl
  outb %al, %dx
  jmp Print
2:
  ret

// Digit: a hexadecimal digit as a character.
//
// Source: Intel SDM vol. 2A, DAS: its correction makes the distance from '9' to 'A'.
// In:     %al = 0 to 15.
// Out:    %al = the character.
  .globl Digit
Digit:
  cmpb $10, %al
  sbbb $0x69, %al
  das
  ret

fail_prefix:
  .asciz "torito: "
