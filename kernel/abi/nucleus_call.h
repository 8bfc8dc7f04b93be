// The calls that ring 3 can make of the nucleus: int3 at kernel/nucleus's NucleusCall, number in
// %rax.
//
// A breakpoint elsewhere is a fault, not a call: the nucleus looks at the return address.
// Spoils: %rax, %rcx, %rdx, %r8, %r11.
#ifndef KERNEL_ABI_NUCLEUS_CALL_H_
#define KERNEL_ABI_NUCLEUS_CALL_H_

// Stops the core until an interrupt or until %rdi nanoseconds (relative; ~0 = for ever) have
// passed. May return early. Not used under our monitor, which has the wait port
// (kernel/abi/ports.h).
#define ABI_CALL_WAIT 0
// Ends the machine for good, with no way back: for use after the exit port did not take.
#define ABI_CALL_HALT 1
#define ABI_CALL_COUNT 2

#endif  // KERNEL_ABI_NUCLEUS_CALL_H_
