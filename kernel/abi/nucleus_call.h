// The calls that ring 3 can make of the nucleus: int3 at kernel/nucleus's NucleusCall, number in
// %rax.
//
// A breakpoint elsewhere is a fault, not a call: the nucleus looks at the return address.
// Spoils: %rax, %rcx, %rdx, %rsi, %rdi, %r8, %r11.
#ifndef KERNEL_ABI_NUCLEUS_CALL_H_
#define KERNEL_ABI_NUCLEUS_CALL_H_

// Stops the core until an interrupt or until %rdi nanoseconds (relative; ~0 = for ever) have
// passed. May return early. Not used under our monitor, which has the wait port
// (kernel/abi/ports.h).
#define ABI_CALL_WAIT 0
// Ends the machine for good, with no way back: for use after the exit port did not take.
#define ABI_CALL_HALT 1
// Sets the thread pointer (the base of %fs) to %rdi, an address in the lower half; -1 if it is not
// one.
#define ABI_CALL_SET_THREAD_POINTER 2

// The following exist in images of several cores only (kernel/nucleus/cores.h).
//
// Makes ready for starting cores: writes to the page at %rdi, below 1 MiB and not page 0, the code
// with which each begins. Its bytes are lost. %rax = APIC id of the core that calls, the first.
#define ABI_CALL_PREPARE_CORES 3
// Resets the core with the APIC id %rdx, which becomes number %rdi, 1 to NUCLEUS_MAX_CORES - 1.
#define ABI_CALL_RESET_CORE 4
// Lets core number %rdi, which was reset, run to Ring3CoreEntry. Nothing happens if it runs.
#define ABI_CALL_START_CORE 5
// Ends the wait of core number %rdi, or its next one if it does not wait.
#define ABI_CALL_WAKE_CORE 6

#endif  // KERNEL_ABI_NUCLEUS_CALL_H_
