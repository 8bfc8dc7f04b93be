// The processor state in which ring 3 runs: selectors and control registers, shared by the nucleus,
// which loads them, and by our monitor, which sets them up when it enters ring 3 directly.
//
// Source: Intel SDM vol. 3A, sections 2.5 (control registers), 3.4.2 (selectors), 7.2.3 (64-bit
// TSS).
#ifndef KERNEL_ABI_CPU_STATE_H_
#define KERNEL_ABI_CPU_STATE_H_

// Selectors: Linux's numbers, for kvm-pvm shows ring 3 these whatever the descriptor table says.
#define ABI_NUCLEUS_CODE 0x10
#define ABI_NUCLEUS_DATA 0x18
#define ABI_USER_DATA 0x2b
#define ABI_USER_CODE 0x33
#define ABI_TSS_SELECTOR 0x40

// PG, WP, NE, ET, MP, PE.
#define ABI_CR0 0x80010033
// PAE, OSFXSR, OSXMMEXCPT; what CPUID must allow (FSGSBASE, SMEP, SMAP) comes on top.
#define ABI_CR4 0x620
// LME, NXE; the processor adds LMA (ABI_EFER_LMA).
#define ABI_EFER 0x900
#define ABI_EFER_LMA 0x400
// Bit 1 is always set. Interrupts off; IOPL 0: ports are granted by the TSS bitmap.
#define ABI_RING3_RFLAGS 0x2

// Last byte of the TSS: 104 bytes of state, the bitmap of ports 0 to 0xcff, one closing byte.
#define ABI_TSS_LIMIT 0x208

#endif  // KERNEL_ABI_CPU_STATE_H_
