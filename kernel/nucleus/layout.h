// Where the nucleus lies: its addresses are fixed, so that descriptors can be written as constants.
//
// Read by this folder's assembly and held by the ASSERTs of kernel/image.ld.in. The image is mapped
// one to one: every address is physical and virtual at once.
#ifndef KERNEL_NUCLEUS_LAYOUT_H_
#define KERNEL_NUCLEUS_LAYOUT_H_

// Code, one page, beginning with the interrupt stubs: supervisor, executable, not writable.
#define NUCLEUS_TEXT 0x100000
#define NUCLEUS_STUB_SIZE 16
#define NUCLEUS_VECTORS 48

// Tables that nobody writes any more: supervisor, not writable, also not by the nucleus itself.
#define NUCLEUS_TABLES 0x101000
#define NUCLEUS_TSS NUCLEUS_TABLES
#define NUCLEUS_IDT (NUCLEUS_TABLES + 0x240)
#define NUCLEUS_PML4 (NUCLEUS_TABLES + 0x1000)
#define NUCLEUS_PDPT (NUCLEUS_TABLES + 0x2000)
#define NUCLEUS_LOW_DIRECTORY (NUCLEUS_TABLES + 0x3000)     // 0 to 1 GiB.
#define NUCLEUS_DEVICE_DIRECTORY (NUCLEUS_TABLES + 0x4000)  // 3 to 4 GiB.
#define NUCLEUS_LOW_PAGES (NUCLEUS_TABLES + 0x5000)         // 0 to 4 MiB, two tables.

// Data, one page: supervisor, writable. The descriptor table (LTR marks the TSS busy), what
// fault.S and cores.S remember, and the stacks.
#define NUCLEUS_DATA 0x108000
#define NUCLEUS_INTERRUPT_STACK_TOP (NUCLEUS_DATA + 0x800)  // NMI and double fault.
#define NUCLEUS_STACK_TOP (NUCLEUS_DATA + 0x1000)           // All other entries from ring 3.
#define NUCLEUS_END (NUCLEUS_DATA + 0x1000)

// A second, read-only view of NUCLEUS_DATA for ring 3, in which its fault handler finds the
// FaultFrame.
#define NUCLEUS_FAULT_WINDOW NUCLEUS_END

// A read-only view of physical page 0 for ring 3: some loaders leave structures there, and the page
// itself is not present, so that a null pointer faults.
#define NUCLEUS_FIRST_PAGE_WINDOW (NUCLEUS_END + 0x1000)

// Ring 0's 32-bit code, through which a core comes that starts; the other selectors stand in
// kernel/abi/cpu_state.h.
#define NUCLEUS_CODE32 0x08

// Cores: each has a page like NUCLEUS_DATA (the first core that one, the others theirs from
// core_pages_begin on, kernel/image.ld.in), with this at the same offsets. The stacks end where
// NUCLEUS_DATA's do. So the stack pointer tells ring 0 on which core it runs.
#define NUCLEUS_MAX_CORES 16
#define CORE_PAGE_SIZE 0x1000
#define CORE_GDT 0x0
#define CORE_APIC_READY 0x50   // One byte: wait.S.
#define CORE_GDT_POINTER 0x60  // Of cores.S, as the next.
#define CORE_TSS 0x100
#define CORE_INTERRUPT_STACK_TOP 0x800

// Ring 3's stack of each core but the first, with the guard page at its bottom.
#define CORE_STACK_SIZE 0x8000

// Interrupt vectors.
#define NUCLEUS_TIMER_VECTOR 0x20
#define NUCLEUS_WAKE_VECTOR 0x21
#define NUCLEUS_SPURIOUS_VECTOR 0x2f

#endif  // KERNEL_NUCLEUS_LAYOUT_H_
