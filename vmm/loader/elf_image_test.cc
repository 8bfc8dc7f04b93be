#include "vmm/loader/elf_image.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "vmm/testing/elf_builder.h"

namespace vmm {
namespace {

using testing::AsBytes;
using testing::ElfBuilder;

constexpr std::uint64_t kBase = 0x100000;

ElfBuilder Good() { return ElfBuilder(kBase).AddSegment(kBase, "code", PF_R | PF_X, 100); }

abi::BootBlock Block() {
  abi::BootBlock block = {};
  block.version = ABI_BOOT_BLOCK_VERSION;
  block.ring3_entry = kBase + 2;
  return block;
}

std::string Complaint(const std::string& file) {
  const auto image = ParseElf(AsBytes(file));
  if (image) return "accepted";
  EXPECT_EQ(image.error().code, Code::kInvalidArgument);
  return Message(image.error());
}

TEST(ParseElf, TellsSegmentsInOrderOfAddress) {
  const std::string file = ElfBuilder(kBase)
                               .AddSegment(kBase + 0x5000, "data", PF_R | PF_W, 8)
                               .AddSegment(kBase, "code", PF_R | PF_X)
                               .Build();
  const auto image = ParseElf(AsBytes(file));
  ASSERT_TRUE(image.has_value());
  EXPECT_EQ(image->entry, GuestAddr(kBase));
  ASSERT_EQ(image->segments.size(), 2u);
  EXPECT_EQ(image->segments[0].address, GuestAddr(kBase));
  EXPECT_FALSE(image->segments[0].writable);
  EXPECT_EQ(image->segments[1].file_size, Bytes(4));
  EXPECT_EQ(image->segments[1].memory_size, Bytes(12));
  EXPECT_TRUE(image->segments[1].writable);
  EXPECT_EQ(image->end(), GuestAddr(kBase + 0x500c));
  EXPECT_FALSE(image->boot_block.has_value());
  EXPECT_FALSE(image->pvh_entry.has_value());
}

TEST(ParseElf, FindsBothNotesAmongOthers) {
  const std::string file =
      Good().AddNote("GNU", 3, "0123456789").AddPvhNote(kBase + 1).AddBootBlock(Block()).Build();
  const auto image = ParseElf(AsBytes(file));
  ASSERT_TRUE(image.has_value());
  EXPECT_EQ(image->pvh_entry, GuestAddr(kBase + 1));
  ASSERT_TRUE(image->boot_block.has_value());
  EXPECT_EQ(image->boot_block->ring3_entry, kBase + 2);
}

TEST(ParseElf, RefusesEveryTruncation) {
  const std::string whole = Good().AddBootBlock(Block()).Build();
  ASSERT_EQ(Complaint(whole), "accepted");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    ASSERT_NE(Complaint(whole.substr(0, size)), "accepted") << size;
  }
}

struct Case {
  std::function<void(ElfBuilder&)> spoil;
  std::string_view message;
};

TEST(ParseElf, NamesWhatIsWrong) {
  const Case kCases[] = {
      {[](auto& elf) { elf.header.e_ident[0] = 'X'; },
       "is not an ELF file; give the .elf of an appliance"},
      {[](auto& elf) { elf.header.e_ident[EI_CLASS] = ELFCLASS32; },
       "is 32-bit ELF; build it for x86-64"},
      {[](auto& elf) { elf.header.e_machine = EM_AARCH64; },
       "is for another machine (ELF machine 183); build it for x86-64"},
      {[](auto& elf) { elf.header.e_ident[EI_DATA] = ELFDATA2MSB; },
       "is for another machine (ELF machine 62); build it for x86-64"},
      {[](auto& elf) { elf.header.e_version = 9; },
       "has an unknown ELF version; build it with a current linker"},
      {[](auto& elf) { elf.header.e_type = ET_DYN; },
       "is position-independent; link it at fixed addresses (-no-pie)"},
      {[](auto& elf) { elf.header.e_type = ET_REL; }, "is not an executable (ELF type 1); link it"},
      {[](auto& elf) { elf.header.e_phentsize = 1; },
       "has 1 program headers of 1 bytes; 1 to 64 of 56 can be loaded"},
      {[](auto& elf) { elf.header.e_phnum = 65; },
       "has 65 program headers of 56 bytes; 1 to 64 of 56 can be loaded"},
      {[](auto& elf) { elf.header.e_phoff = ~0ull; },
       "is truncated: its program headers lie beyond its end; copy it again"},
      {[](auto& elf) { elf.programs[0].p_type = PT_NULL; },
       "has nothing to load; link it as an executable"},
      {[](auto& elf) { elf.programs[0].p_memsz = 1; },
       "has a segment at 0x100000 with more bytes in the file than in memory; link it again"},
      {[](auto& elf) { elf.programs[0].p_offset = ~0ull; },
       "is truncated: its segment at 0x100000 lies beyond its end; build or copy it again"},
      {[](auto& elf) { elf.programs[0].p_memsz = ~0ull; },
       "has a segment at 0x100000 that goes beyond the last address; link it again"},
      {[](auto& elf) { elf.AddSegment(kBase + 50, "x"); },
       "has overlapping segments at 0x100000 and 0x100032; check its linker script"},
      {[](auto& elf) { elf.header.e_entry = kBase - 1; },
       "has its entry point 0xfffff outside its segments; check its linker script"},
      {[](auto& elf) { elf.AddPvhNote(kBase + 104); },
       "has its entry point 0x100068 outside its segments; check its linker script"},
      {[](auto& elf) { elf.AddNote("Xen", 18, "12345"); },
       "has a PVH note of a size that is neither 4 nor 8; link it again"},
      {[](auto& elf) { elf.AddNote("Xen", 18, "12345678"); },
       "has its PVH entry above 4 GiB, where 32-bit code cannot start"},
      {[](auto& elf) { elf.AddNote("Torito", 1, "xy"); },
       "has a BootBlock that is cut short; link it again"},
      {[](auto& elf) { elf.AddNote("Torito", 1, std::string_view("\2\0\0\0tail", 8)); },
       "has a BootBlock that is cut short; link it again"},
      {[](auto& elf) { elf.AddNote("Torito", 1, std::string_view("\3\0\0\0", 4)); },
       "has a BootBlock of version 3, and this monitor knows 2; build image and monitor from one "
       "source"},
      {[](auto& elf) { elf.AddPvhNote(kBase).programs.back().p_filesz = 15; },
       "has a note that goes beyond its segment; link it again"},
      {[](auto& elf) { elf.AddPvhNote(kBase).programs.back().p_offset = ~0ull; },
       "is truncated: its notes lie beyond its end; copy it again"},
  };
  for (const auto& [spoil, message] : kCases) {
    ElfBuilder elf = Good();
    spoil(elf);
    EXPECT_EQ(Complaint(elf.Build()), message);
  }
}

TEST(ParseElf, RefusesABootBlockThatEntersNowhere) {
  abi::BootBlock block = Block();
  block.ring3_entry = 0;
  EXPECT_EQ(Complaint(Good().AddBootBlock(block).Build()),
            "has its entry point 0x0 outside its segments; check its linker script");
}

}  // namespace
}  // namespace vmm
