// What the C library wants of its backend besides system calls, and which this one has not: each names the unit that
// would have it, so that the linker's complaint does.
//
// Source: third_party/musl/linux_backend.S, where these are explained.

// In, out: as the routine; it is never linked without a complaint.
.macro LACKS name, need
  .section .text.\name, "ax", @progbits
  .globl \name
  .type \name, @function
\name:
  jmp \need
  .size \name, . - \name
.endm

  LACKS __clone, syscall_clone_needs_unit_process
  LACKS __unmapself, syscall_clone_needs_unit_process
  LACKS __restore_rt, syscall_rt_sigaction_needs_unit_process
  LACKS vfork, syscall_fork_is_in_no_unit
  // System calls by number: their functions are what there is.
  LACKS syscall, syscall_by_number_is_in_no_unit

  // A call at which a thread may be cancelled, for pthread_cancel.
  .globl __cp_begin, __cp_end, __cp_cancel
  LACKS __syscall_cp_asm, syscall_tkill_needs_unit_process
__cp_begin:
__cp_end:
__cp_cancel:

  .section .note.GNU-stack, "", @progbits
