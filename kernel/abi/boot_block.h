// The ELF note by which our monitor enters ring 3 of an image directly, running no ring-0
// instruction.
//
// Note name "Torito", type ABI_BOOT_BLOCK_NOTE, descriptor = BootBlock. The monitor loads the
// segments, writes a BootHandoff, sets the registers of kernel/abi/cpu_state.h and those below, and
// runs at ring3_entry with %edi = ABI_BOOT_MONITOR and %rsi = physical address of the BootHandoff.
// All addresses are physical and equal to the image's virtual ones (the image is mapped one to
// one).
#ifndef KERNEL_ABI_BOOT_BLOCK_H_
#define KERNEL_ABI_BOOT_BLOCK_H_

#define ABI_BOOT_BLOCK_NOTE 1
#define ABI_BOOT_BLOCK_VERSION 2

// BootBlock::needs: what the image uses and the monitor may otherwise leave out to start sooner.
#define ABI_NEEDS_CPUID 0x1  // Some linked unit executes CPUID.

#ifndef __ASSEMBLER__
#include <cstdint>

namespace abi {

inline constexpr char kNoteName[] = "Torito";

struct BootBlock {
  std::uint32_t version;  // ABI_BOOT_BLOCK_VERSION.
  std::uint32_t needs;    // Sum of ABI_NEEDS_ bits.
  std::uint64_t page_table_root;
  std::uint64_t gdt_base;
  std::uint64_t gdt_limit;  // Offset of the last byte.
  std::uint64_t idt_base;
  std::uint64_t idt_limit;  // Offset of the last byte.
  std::uint64_t tss_base;   // Its limit is ABI_TSS_LIMIT.
  std::uint64_t ring3_entry;
  std::uint64_t ring3_stack;    // %rsp on entry: 16-byte aligned.
  std::uint64_t boot_clock;     // A BootClock.
  std::uint64_t wait_request;   // A WaitRequest.
  std::uint64_t nucleus_begin;  // Ring 0's own pages: code, tables, stacks.
  std::uint64_t nucleus_end;
  std::uint64_t image_end;  // First byte after .bss.
};
static_assert(sizeof(BootBlock) == 112);

}  // namespace abi
#endif  // __ASSEMBLER__

#endif  // KERNEL_ABI_BOOT_BLOCK_H_
