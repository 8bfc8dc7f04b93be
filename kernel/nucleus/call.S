// The calls that ring 3 can make: int3 through a gate of DPL 3, back by iretq.
//
// Not SYSCALL: on kvm-pvm hosts it does not raise the privilege. Not another INT: there it is refused.

#include "kernel/abi/nucleus_call.h"
#include "kernel/nucleus/layout.h"

#define MSR_FS_BASE 0xc0000100

// NucleusCall: the only place in the image whose int3 is a call (kernel/nucleus/nucleus_call.h).
//
// Source: kernel/abi/nucleus_call.h.
// In:     ring 3; %rdi = call number, %rsi = the call's %rdi; %rdx = the call's.
// Out:    %rax = the call's result, -1 for a number that does not exist.
// Spoils: %rcx, %rdx, %rsi, %rdi, %r8, %r11.
  .section .text.NucleusCall, "ax", @progbits
  .globl NucleusCall
  .type NucleusCall, @function
NucleusCall:
  movq %rdi, %rax
  movq %rsi, %rdi
  int3
NucleusCallReturn:
  ret
  .size NucleusCall, . - NucleusCall

// CallGate: tells a call from a breakpoint by its return address and finds the call.
//
// In:     on the stack: rip, cs, rflags, rsp, ss; %rax = call number, %rdi = argument.
// Out:    to the call's routine, which ends in iretq; %rax = -1 if there is none.
// Spoils: %rflags.
  .section .nucleus.text, "ax", @progbits
  .globl CallGate
CallGate:
  cmpq $NucleusCallReturn, (%rsp)
  jne 1f
  // Compares, not a table: an indirect jump in ring 0 is a target for speculation.
  cmpl $ABI_CALL_WAIT, %eax
  je CallWait
  cmpl $ABI_CALL_HALT, %eax
  je Halt
  cmpl $ABI_CALL_SET_THREAD_POINTER, %eax
  je CallSetThreadPointer
  jmp CoreCall
1:
  pushq $0
  pushq $3
  jmp Fault

// CallSetThreadPointer: sets the base of %fs. The instruction WRFSBASE would want CR4.FSGSBASE, which our monitor leaves
// off where it did not describe the processor.
//
// Source: Intel SDM vol. 4, IA32_FS_BASE.
// In:     on the stack: rip, cs, rflags, rsp, ss; %rdi = the address.
// Out:    %rax = 0, or -1 for an address above the lower half, which the processor might refuse; in ring 3.
// Spoils: %rcx, %rdx.
CallSetThreadPointer:
  movq %rdi, %rdx
  shrq $47, %rdx
  jne NoSuchCall
  movl $MSR_FS_BASE, %ecx
  movl %edi, %eax
  movq %rdi, %rdx
  shrq $32, %rdx
  wrmsr
  xorl %eax, %eax
  iretq

// CoreCall: the calls of cores.S; of images that do not link it the linker script makes it NoSuchCall.
  .weak CoreCall

// NoSuchCall: the answer to a number that does not exist or an argument that makes no sense.
//
// In:     on the stack: rip, cs, rflags, rsp, ss.
// Out:    %rax = -1, in ring 3.
// Spoils: nothing else.
  .globl NoSuchCall
NoSuchCall:
  movq $-1, %rax
  iretq
