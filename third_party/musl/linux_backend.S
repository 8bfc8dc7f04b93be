// The C library's doors to Linux: system calls, threads, signals. Another program on the same C library (the guest)
// defines these otherwise.
//
// Source: System V ABI, AMD64 supplement 1.0, A.2.1 (number in rax, arguments in rdi rsi rdx r10 r8 r9; rcx and r11
// are lost, a negative rax is an error); syscall numbers of Linux's asm/unistd_64.h.
// Who may call: musl's C files; syscall() anybody.

#include <asm/unistd_64.h>

#define ARCH_SET_FS 0x1002

.macro FUNCTION name
  .section .text.\name, "ax", @progbits
  .globl \name
  .type \name, @function
\name:
.endm

.macro END name
  .size \name, . - \name
.endm

// Each system call, as C calls it. The fourth argument alone comes in another register than the kernel wants it in.
// In: rdi rsi rdx rcx r8 r9 arguments. Out: rax. Spoils: as any C function.
#define SYSTEM_CALL(name, need) CALL name, syscall_##name##_##need, __NR_##name
.macro CALL name, symbol, number
  FUNCTION \symbol
  mov $\number, %eax
  mov %rcx, %r10
  syscall
  ret
  END \symbol
.endm
#include "third_party/musl/system_calls.h"

// syscall(), the C library's public function: a system call by its number.
// In: rdi number, rsi rdx rcx r8 r9 8(rsp) arguments. Out: rax, and errno. Spoils: as any C function.
FUNCTION syscall
  mov %rdi, %rax
  mov %rsi, %rdi
  mov %rdx, %rsi
  mov %rcx, %rdx
  mov %r8, %r10
  mov %r9, %r8
  mov 8(%rsp), %r9
  syscall
  mov %rax, %rdi
  jmp __syscall_ret
END syscall

// A system call at which a thread may be cancelled. If the signal comes while the program counter stands between
// __cp_begin and __cp_end, musl's handler goes on at __cp_cancel: the call had not yet any effect.
// The call's number stands in the first instruction of its function, behind one byte.
// In: rdi address of the cancel flag, rsi the call's function, rdx rcx r8 r9 8(rsp) 16(rsp) arguments. Out: rax.
FUNCTION __syscall_cp_asm
  .globl __cp_begin, __cp_end, __cp_cancel
  .hidden __cp_begin, __cp_end, __cp_cancel
__cp_begin:
  cmpl $0, (%rdi)
  jne __cp_cancel
  mov 1(%rsi), %eax
  mov %rdx, %rdi
  mov %rcx, %rsi
  mov %r8, %rdx
  mov %r9, %r10
  mov 8(%rsp), %r8
  mov 16(%rsp), %r9
  syscall
__cp_end:
  ret
__cp_cancel:
  jmp __cancel
END __syscall_cp_asm

// In: rdi the thread pointer. Out: eax 0 or a negative error.
FUNCTION __set_thread_area
  mov %rdi, %rsi
  mov $ARCH_SET_FS, %edi
  mov $__NR_arch_prctl, %eax
  syscall
  ret
END __set_thread_area

// Ends a thread and gives its stack back; between the two calls there is no stack.
// In: rdi address, rsi bytes. Does not return.
FUNCTION __unmapself
  mov $__NR_munmap, %eax
  syscall
  xor %edi, %edi
  mov $__NR_exit, %eax
  syscall
  ud2
END __unmapself

// In: rdi function, rsi top of the new stack, edx flags, rcx argument, r8 where the parent's thread id goes, r9 thread
// pointer, 8(rsp) where the child's goes. Out: eax thread id or a negative error; the new thread exits with what the
// function returns.
FUNCTION __clone
  // Function and argument travel on the new stack, which the child alone sees.
  and $-16, %rsi
  sub $16, %rsi
  mov %rdi, (%rsi)
  mov %rcx, 8(%rsi)
  movslq %edx, %rdi
  mov %r8, %rdx
  mov 8(%rsp), %r10
  mov %r9, %r8
  mov $__NR_clone, %eax
  syscall
  test %eax, %eax
  jz 1f
  ret
1:
  // The end of the chain of frames.
  xor %ebp, %ebp
  pop %rax
  pop %rdi
  call *%rax
  mov %eax, %edi
  mov $__NR_exit, %eax
  syscall
  ud2
END __clone

// Where a signal handler returns to. Debuggers know it by just these two instructions.
FUNCTION __restore_rt
  mov $__NR_rt_sigreturn, %rax
  syscall
END __restore_rt

// The child runs on the parent's stack and overwrites the return address there, so it is kept in a register.
// Out: eax 0 in the child, else its id or -1.
FUNCTION vfork
  pop %rdx
  mov $__NR_vfork, %eax
  syscall
  push %rdx
  mov %rax, %rdi
  jmp __syscall_ret
END vfork

.section .note.GNU-stack, "", @progbits
