// What becomes of a fault: one in ring 3 goes up to the image's handler, any other ends the machine.

#include "kernel/abi/cpu_state.h"
#include "kernel/abi/ports.h"
#include "kernel/nucleus/layout.h"

  .section .nucleus.text, "ax", @progbits

// Fault: hands a fault to Ring3Fault (kernel/debug), which runs in ring 3 on a stack of its own.
//
// Source: Intel SDM vol. 3A, section 6.14 (64-bit stack frame).
// In:     on the stack: vector, error code, rip, cs, rflags, rsp, ss.
// Out:    ring 3 at Ring3Fault; %rsp = fault_stack_top; every other register as it was when the fault
//         came. In fault_frame lies a FaultFrame (kernel/nucleus/fault_frame.h).
// Spoils: %rflags.
  .globl Fault
Fault:
  testb $3, 24(%rsp)
  jz FatalFault
  pushq %rax
  pushq %rcx
  // The first fault of all cores is reported. On the way here the stack is always as deep, so that its
  // pointer is a name of the core.
  movl %esp, %ecx
  xorl %eax, %eax
  lock cmpxchgq %rcx, fault_core
  jne 1f

  popq %rcx
  movq %cr2, %rax
  movq %rax, fault_frame
  popq %rax
  movq %rax, fault_frame + 8
  .set offset, 16
  .rept 7
    popq fault_frame + offset
    .set offset, offset + 8
  .endr
  pushq $ABI_USER_DATA
  pushq $fault_stack_top
  pushq $ABI_RING3_RFLAGS
  pushq $ABI_USER_CODE
  pushq $Ring3Fault
  iretq
1:
  // A second fault of the core that reports means that the handler itself is broken: a third would be
  // no better. Another core has but to be out of the way.
  cmpq %rcx, %rax
  jne Halt
  // Fall through.

// FatalFault: says that nothing can be said, and ends the machine.
//
// In:     any state with a stack of the nucleus.
// Out:    never returns; ABI_EXIT_NUCLEUS_FAULT on the exit port.
// Spoils: everything.
  .globl FatalFault
FatalFault:
  cld
  movl $fatal_text, %esi
  movl $(fatal_text_end - fatal_text), %ecx
  movl $ABI_DEBUG_CONSOLE_PORT, %edx
  rep outsb
  movl $ABI_EXIT_NUCLEUS_FAULT, %eax
  movl $ABI_EXIT_PORT, %edx
  outl %eax, %dx
  // Fall through: no device took the exit.

// Halt: stops the core for good.
//
// In:     any state.
// Out:    never returns.
// Spoils: %rflags.
  .globl Halt
Halt:
  cli
  hlt
  jmp Halt

  .section .nucleus.rodata, "a", @progbits
fatal_text:
  .ascii "torito: a fault in ring 0 or inside the fault handler: no report possible\n"
fatal_text_end:

  .section .nucleus.data, "aw", @progbits
  .balign 8
  .globl fault_frame
fault_frame:
  .skip 9 * 8
fault_core:  // The core that reports; 0: none.
  .quad 0
