// Registers of the local APIC in xAPIC mode, at the addresses at which the nucleus maps them.
//
// Source: Intel SDM vol. 3A, sections 10.4.1 (registers), 10.5.4 (timer), 10.6.1 (commands), 10.9
// (spurious interrupts).
#ifndef KERNEL_NUCLEUS_APIC_H_
#define KERNEL_NUCLEUS_APIC_H_

// No instruction has absolute addresses between 2 and 4 GiB: these go through a register.
#define APIC_ID 0xfee00020  // In bits 24 to 31.
#define APIC_END_OF_INTERRUPT 0xfee000b0
#define APIC_SPURIOUS_VECTOR 0xfee000f0
#define APIC_COMMAND 0xfee00300
#define APIC_COMMAND_TARGET 0xfee00310  // An APIC id in bits 24 to 31.
#define APIC_TIMER_VECTOR 0xfee00320
#define APIC_TIMER_COUNT 0xfee00380
#define APIC_TIMER_DIVISOR 0xfee003e0

// Of APIC_SPURIOUS_VECTOR and APIC_TIMER_DIVISOR.
#define APIC_ENABLED 0x100
#define APIC_DIVIDE_BY_1 0xb

// Of APIC_COMMAND: level asserted, to the target alone.
#define APIC_FIXED 0x4000  // + vector.
#define APIC_INIT 0x4500
#define APIC_STARTUP 0x4600  // + number of the page to start at.
#define APIC_PENDING 0x1000  // Read: not yet sent.

// The id of no core: it stands for all.
#define APIC_NO_ID 0xff

#endif  // KERNEL_NUCLEUS_APIC_H_
