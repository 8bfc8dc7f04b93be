// The first instructions after a fault or interrupt: one stub of NUCLEUS_STUB_SIZE bytes for each vector.
//
// Source: Intel SDM vol. 3A, sections 6.3 (vectors), 6.13 (error codes).
// In:     %rsp = the nucleus's stack with [error code,] rip, cs, rflags, rsp, ss.
// Out:    jumps to Fault with the vector and an error code (0 if the processor gave none) pushed, or
//         to the routine for this vector, with the stack as it is.
// Spoils: nothing.

#include "kernel/nucleus/layout.h"

  .section .nucleus.stubs, "ax", @progbits
  .globl NucleusStubs
NucleusStubs:
  .set vector, 0
  .rept NUCLEUS_VECTORS
  .balign NUCLEUS_STUB_SIZE
  .if vector == 2
    iretq  // NMI: the machine has none that we asked for. It still ends a wait.
  .elseif vector == 3
    jmp CallGate
  .elseif vector == 8 || vector == 18
    jmp FatalFault  // Double fault, machine check: there is no state to go on from.
  .elseif vector == NUCLEUS_SPURIOUS_VECTOR
    jmp WokenSpuriously
  .elseif vector >= 32
    jmp Woken
  .else
    .if !(vector == 10 || vector == 11 || vector == 12 || vector == 13 || vector == 14 || \
          vector == 17 || vector == 21 || vector == 29 || vector == 30)
      pushq $0
    .endif
    pushq $vector
    jmp Fault
  .endif
  .set vector, vector + 1
  .endr
  .balign NUCLEUS_STUB_SIZE
