// Assembles boot_block.S with made-up addresses (boot_block_symbols.S) and reads it as the monitor
// does.
#include "kernel/abi/boot_block.h"

#include <cstdint>
#include <cstring>
#include <string_view>

#include "gtest/gtest.h"
#include "kernel/nucleus/layout.h"

// In boot_block.S: the descriptor of the note.
extern "C" const char BootBlockNote[];

namespace {

// Source: System V gABI, chapter 5, "Note Section".
struct NoteHeader {
  std::uint32_t name_size;
  std::uint32_t descriptor_size;
  std::uint32_t type;
  char name[8];
};
static_assert(sizeof(NoteHeader) == 20);

TEST(BootBlock, HasTheHeaderByWhichTheMonitorFindsIt) {
  NoteHeader header;
  std::memcpy(&header, BootBlockNote - sizeof(header), sizeof(header));
  EXPECT_EQ(header.name_size, sizeof(abi::kNoteName));
  EXPECT_EQ(header.descriptor_size, sizeof(abi::BootBlock));
  EXPECT_EQ(header.type, std::uint32_t{ABI_BOOT_BLOCK_NOTE});
  EXPECT_EQ(std::string_view(header.name), abi::kNoteName);
}

TEST(BootBlock, EachFieldLiesWhereTheStructSays) {
  abi::BootBlock block;
  std::memcpy(&block, BootBlockNote, sizeof(block));
  EXPECT_EQ(block.version, std::uint32_t{ABI_BOOT_BLOCK_VERSION});
  EXPECT_EQ(block.needs, 1u);
  EXPECT_EQ(block.page_table_root, std::uint64_t{NUCLEUS_PML4});
  EXPECT_EQ(block.gdt_base, 2u);
  EXPECT_EQ(block.gdt_limit, 3u);
  EXPECT_EQ(block.idt_base, std::uint64_t{NUCLEUS_IDT});
  EXPECT_EQ(block.idt_limit, 4u);
  EXPECT_EQ(block.tss_base, std::uint64_t{NUCLEUS_TSS});
  EXPECT_EQ(block.ring3_entry, 5u);
  EXPECT_EQ(block.ring3_stack, 6u);
  EXPECT_EQ(block.boot_clock, 7u);
  EXPECT_EQ(block.wait_request, 8u);
  EXPECT_EQ(block.nucleus_begin, 9u);
  EXPECT_EQ(block.nucleus_end, 10u);
  EXPECT_EQ(block.image_end, 11u);
}

}  // namespace
