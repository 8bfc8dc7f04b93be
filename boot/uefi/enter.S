// EnterImage: the last instructions of the loader.
//
// What the image overwrites may hold the firmware's page tables and our stack: from the switch of tables on
// nothing is in memory but the code, the image and the tables, which the loader has put elsewhere.
//
// Source: Linux, Documentation/arch/x86/boot.rst ("64-bit BOOT PROTOCOL"); Intel SDM vol. 3A, section 4.10.4
//         (global pages leave the TLB when CR4.PGE changes).
// In:     64-bit mode, boot services have ended; %rcx = Handover (handover.h).
// Out:    the image's 64-bit entry, %rsi = boot_params, interrupts off.
// Spoils: everything.

#include "boot/uefi/handover.h"

#define CR4_PGE (1 << 7)

// Source: Intel 8259A data sheet, OCW1: interrupts that are masked.
#define PIC1_MASK 0x21
#define PIC2_MASK 0xa1

  .text
  .globl EnterImage
EnterImage:
  cli
  cld
  // The firmware's timer may be pending there, on a vector of its own.
  movb $0xff, %al
  outb %al, $PIC1_MASK
  outb %al, $PIC2_MASK

  movq HANDOVER_PAGE_TABLES(%rcx), %rax
  movq HANDOVER_SOURCE(%rcx), %rsi
  movq HANDOVER_TARGET(%rcx), %rdi
  movq HANDOVER_SIZE(%rcx), %rdx
  movq HANDOVER_ZERO_BEGIN(%rcx), %r8
  movq HANDOVER_ZERO_SIZE(%rcx), %r9
  movq HANDOVER_ENTRY(%rcx), %r10
  movq HANDOVER_BOOT_PARAMS(%rcx), %r11

  movq %rax, %cr3
  movq %cr4, %rax
  andq $~CR4_PGE, %rax
  movq %rax, %cr4

  movq %rdx, %rcx
  shrq $3, %rcx
  rep movsq
  movq %r8, %rdi
  movq %r9, %rcx
  shrq $3, %rcx
  xorl %eax, %eax
  rep stosq

  movq %r11, %rsi
  jmpq *%r10
