// Ring3Fault: where a fault of ring 3 arrives, by way of the nucleus (kernel/nucleus/fault.S).
//
// In:     ring 3, %rsp = fault_stack_top; the other registers as the fault left them.
// Out:    calls HandleFault(const Registers*), which does not return.
// Spoils: nothing that is not in Registers (kernel/debug/crash_report.h), whose order this is.

  .section .text.unlikely.Ring3Fault, "ax", @progbits
  .globl Ring3Fault
  .type Ring3Fault, @function
Ring3Fault:
  pushq %rax
  pushq %rbx
  pushq %rcx
  pushq %rdx
  pushq %rsi
  pushq %rdi
  pushq %rbp
  pushq %r8
  pushq %r9
  pushq %r10
  pushq %r11
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, %rdi
  andq $-16, %rsp
  xorl %ebp, %ebp
  call HandleFault
  ud2  // A fault inside the handler: the nucleus ends the machine.
  .size Ring3Fault, . - Ring3Fault
