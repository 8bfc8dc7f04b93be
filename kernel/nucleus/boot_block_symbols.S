// The symbols that boot_block.S names, for boot_block_test.cc: each with a value of its own.
  .macro define name, value
    .globl \name
    .set \name, \value
  .endm
  define image_needs, 1
  define boot_block_gdt, 2
  define boot_block_gdt_limit, 3
  define boot_block_idt_limit, 4
  define Ring3Entry, 5
  define stack_top, 6
  define boot_clock, 7
  define wait_request, 8
  define nucleus_begin, 9
  define nucleus_end, 10
  define image_end, 11
