// Waiting: the only place where interrupts are taken, and all that an interrupt does is to end the wait.
//
// The local APIC is used in xAPIC mode, where the reset leaves it and where every loader that we know
// keeps it. Its timer counts nanoseconds at divisor 1: KVM and QEMU run the APIC bus at 1 GHz. On another
// machine a wait would end early or late, never not at all.

#include "kernel/nucleus/apic.h"
#include "kernel/nucleus/layout.h"

// Source: Intel 8259A data sheet, operation control word 1.
#define PIC1_MASK 0x21
#define PIC2_MASK 0xa1

  .section .nucleus.text, "ax", @progbits

// CallWait: stops the core until an interrupt comes or %rdi nanoseconds have passed; may end early.
//
// In:     on the stack: rip, cs, rflags, rsp, ss; %rdi = nanoseconds, ~0 = no limit.
// Out:    %rax = 0, in ring 3.
// Spoils: %rcx, %rdx.
  .globl CallWait
CallWait:
  testq %rdi, %rdi
  jz 3f
  movl %esp, %edx
  andl $-CORE_PAGE_SIZE, %edx
  cmpb $0, CORE_APIC_READY(%rdx)
  jne 1f
  call PrepareApic
1:
  movl $APIC_TIMER_COUNT, %edx
  xorl %eax, %eax  // A count of 0 stops the timer.
  cmpq $-1, %rdi
  je 2f
  movl $0xffffffff, %eax  // 4.29 s at most: a longer wait ends early.
  cmpq %rax, %rdi
  cmovbl %edi, %eax
2:
  movl %eax, (%rdx)
  sti
  hlt
  cli  // Here only after an NMI: interrupts leave through Woken.
3:
  xorl %eax, %eax
  iretq

// Woken: ends the wait that an interrupt interrupted.
//
// In:     the nucleus's stack, with the frame of ring 3 at its top, below it the frame of CallWait.
// Out:    ring 3, after its call; %rax = 0.
// Spoils: %rcx.
  .globl Woken
Woken:
  movl $APIC_END_OF_INTERRUPT, %ecx
  movl $0, (%rcx)
  .globl WokenSpuriously
WokenSpuriously:
  xorl %eax, %eax
  // The frame of ring 3 ends where the core's page does.
  orl $(CORE_PAGE_SIZE - 1), %esp
  subl $(5 * 8 - 1), %esp
  iretq

// PrepareApic: enables the core's local APIC with its timer as the only source, once.
//
// In:     the nucleus's stack.
// Out:    CORE_APIC_READY of this core.
// Spoils: %rax, %rcx.
  .globl PrepareApic
PrepareApic:
  movl %esp, %ecx
  andl $-CORE_PAGE_SIZE, %ecx
  movb $1, CORE_APIC_READY(%rcx)
  movb $0xff, %al  // Else the 8259s would raise vectors that are exceptions here.
  outb %al, $PIC1_MASK
  outb %al, $PIC2_MASK
  movl $APIC_SPURIOUS_VECTOR, %ecx
  movl $(APIC_ENABLED | NUCLEUS_SPURIOUS_VECTOR), (%rcx)
  movl $APIC_TIMER_DIVISOR, %ecx
  movl $APIC_DIVIDE_BY_1, (%rcx)
  movl $APIC_TIMER_VECTOR, %ecx
  movl $NUCLEUS_TIMER_VECTOR, (%rcx)  // One-shot, not masked.
  ret
