// Descriptor tables and upper page tables, as data. Accessed, dirty and busy bits are set beforehand where
// they may be, so that the processor does not write.

#include "kernel/abi/cpu_state.h"
#include "kernel/nucleus/layout.h"

// Source: Intel SDM vol. 3A, section 3.4.5 (segment descriptors); type with the accessed bit.
#define FLAT_CODE64(dpl) (0x00af9b000000ffff | (dpl) << 45)
#define FLAT_CODE32(dpl) (0x00cf9b000000ffff | (dpl) << 45)
#define FLAT_DATA(dpl) (0x00cf93000000ffff | (dpl) << 45)
#define TSS_AVAILABLE 0x89

// Source: Intel SDM vol. 3A, section 6.14.1 (64-bit gates).
#define INTERRUPT_GATE 0x8e
#define INTERRUPT_GATE_RING3 0xee

// Source: Intel SDM vol. 3A, section 4.5 (4-level paging).
#define PAGE_PRESENT 0x1
#define PAGE_WRITABLE 0x2
#define PAGE_USER 0x4
#define PAGE_UNCACHED 0x18
#define PAGE_ACCESSED 0x20
#define PAGE_DIRTY 0x40
#define PAGE_LARGE 0x80
#define PAGE_NO_EXECUTE 0x8000000000000000
// What a table grants is the sum of all levels: the upper ones grant everything.
#define PAGE_TABLE (PAGE_PRESENT | PAGE_WRITABLE | PAGE_USER | PAGE_ACCESSED)
#define LARGE_DATA \
  (PAGE_NO_EXECUTE | PAGE_PRESENT | PAGE_WRITABLE | PAGE_ACCESSED | PAGE_DIRTY | PAGE_LARGE)

// Bytes of a TSS before its port bitmap, and the ports from 0 that the bitmap covers.
#define TSS_STATE_SIZE 104
#define TSS_PORTS 0xd00

  .section .nucleus.core, "aw", @progbits
  .balign 8
  .globl gdt
gdt:
  .quad 0
  .quad FLAT_CODE32(0)  // NUCLEUS_CODE32
  .quad FLAT_CODE64(0)  // ABI_NUCLEUS_CODE
  .quad FLAT_DATA(0)    // ABI_NUCLEUS_DATA
  .quad FLAT_CODE32(3)
  .quad FLAT_DATA(3)    // ABI_USER_DATA
  .quad FLAT_CODE64(3)  // ABI_USER_CODE
  .quad 0
  .quad ABI_TSS_LIMIT | (NUCLEUS_TSS & 0xffffff) << 16 | TSS_AVAILABLE << 40 | NUCLEUS_TSS >> 24 << 56
  .quad NUCLEUS_TSS >> 32
gdt_end:
  .if . - gdt != CORE_APIC_READY
    .error "kernel/nucleus/layout.h has another table"
  .endif
  .byte 0

  .section .nucleus.tables, "a", @progbits
// The TSS: two stacks and the ports of ring 3. Source: Intel SDM vol. 3A, section 7.7; vol. 1, 18.5.2.
tss:
  .long 0
  .quad NUCLEUS_STACK_TOP, 0, 0  // RSP0 to RSP2.
  .quad 0
  .quad NUCLEUS_INTERRUPT_STACK_TOP, 0, 0, 0, 0, 0, 0  // IST1 to IST7.
  .quad 0
  .word 0
  .word TSS_STATE_SIZE      // Where the bitmap begins.
  .skip TSS_PORTS / 8, 0    // 0 = granted.
  .byte 0xff
  .if . - tss != ABI_TSS_LIMIT + 1
    .error "kernel/abi/cpu_state.h promises another TSS"
  .endif

  .skip NUCLEUS_IDT - NUCLEUS_TSS - (. - tss)
idt:
  .set vector, 0
  .rept NUCLEUS_VECTORS
    .word (NUCLEUS_TEXT + NUCLEUS_STUB_SIZE * vector) & 0xffff
    .word ABI_NUCLEUS_CODE
    .byte (vector == 2 || vector == 8 || vector == 18) & 1  // Interrupt stack 1: these may come at any time.
    .if vector == 3
      .byte INTERRUPT_GATE_RING3
    .else
      .byte INTERRUPT_GATE
    .endif
    .word (NUCLEUS_TEXT + NUCLEUS_STUB_SIZE * vector) >> 16
    .quad 0
    .set vector, vector + 1
  .endr
idt_end:

  .globl gdt_pointer, idt_pointer
  .balign 8
gdt_pointer:
  .word gdt_end - gdt - 1
  .quad gdt
  .balign 8
idt_pointer:
  .word idt_end - idt - 1
  .quad idt

  .globl boot_block_gdt, boot_block_gdt_limit, boot_block_idt_limit  // For boot_block.S.
  .set boot_block_gdt, gdt
  .set boot_block_gdt_limit, gdt_end - gdt - 1
  .set boot_block_idt_limit, idt_end - idt - 1

  .section .nucleus.page_tables, "a", @progbits
  // PML4: the first 512 GiB.
  .quad NUCLEUS_PDPT | PAGE_TABLE
  .skip 511 * 8

  // PDPT: RAM of the first GiB, devices of the fourth.
  .quad NUCLEUS_LOW_DIRECTORY | PAGE_TABLE
  .quad 0, 0
  .quad NUCLEUS_DEVICE_DIRECTORY | PAGE_TABLE
  .skip 508 * 8

  // 0 to 1 GiB: 4 MiB in small pages (kernel/linker_script.bzl), the rest ring 3's data.
  .quad NUCLEUS_LOW_PAGES | PAGE_TABLE
  .quad NUCLEUS_LOW_PAGES + 0x1000 | PAGE_TABLE
  .set page, 2
  .rept 510
    .quad page << 21 | LARGE_DATA | PAGE_USER
    .set page, page + 1
  .endr

  // 3 to 4 GiB: device registers. The pages of the interrupt controllers (0xfec, 0xfee) are the
  // nucleus's alone: who commands them can start code in ring 0 on another core.
  .set page, 3 << 9
  .rept 512
    .if page == 0xfec00000 >> 21 || page == 0xfee00000 >> 21
      .quad page << 21 | LARGE_DATA | PAGE_UNCACHED
    .else
      .quad page << 21 | LARGE_DATA | PAGE_UNCACHED | PAGE_USER
    .endif
    .set page, page + 1
  .endr
