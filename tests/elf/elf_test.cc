#include "tests/elf/elf.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

namespace elf {
namespace {

// This very program, symbols and all, is a file with known contents.
std::string Ourselves() {
  std::string bytes;
  std::FILE* const file = std::fopen("/proc/self/exe", "rb");
  EXPECT_NE(file, nullptr);
  char buffer[65536];
  while (const std::size_t count = std::fread(buffer, 1, sizeof(buffer), file)) {
    bytes.append(buffer, count);
  }
  std::fclose(file);
  return bytes;
}

TEST(ElfTest, FindsSectionsOfThisProgram) {
  const auto file = Read(Ourselves());
  ASSERT_TRUE(file.has_value()) << file.error();
  const auto text = std::ranges::find(file->sections, ".text", &Section::name);
  ASSERT_NE(text, file->sections.end());
  EXPECT_EQ(text->flags & 7, 6u);  // Allocated, executable, not writable.
  EXPECT_GT(text->size, 0u);
}

TEST(ElfTest, LoadsSegmentsWithZerosBetween) {
  File file;
  file.segments = {{0x2000, "data", 8}, {0x1000, "text", 4}};
  EXPECT_EQ(file.LoadedBase(), 0x1000u);
  const std::string memory = file.Loaded();
  ASSERT_EQ(memory.size(), 0x1004u);
  EXPECT_EQ(memory.substr(0, 4), "text");
  EXPECT_EQ(memory[4], 0);
  EXPECT_EQ(memory.substr(0x1000), "data");
  file.segments.push_back({0x1000 + File::kMostLoaded, "far", 3});
  EXPECT_EQ(file.Loaded(), "");
}

TEST(ElfTest, ASegmentOfThisProgramHoldsItsText) {
  const std::string bytes = Ourselves();
  const auto file = Read(bytes);
  ASSERT_TRUE(file.has_value()) << file.error();
  const auto text = std::ranges::find(file->sections, ".text", &Section::name);
  EXPECT_TRUE(std::ranges::any_of(file->segments, [&](const Segment& segment) {
    return segment.address <= text->address &&
           text->address + text->size <= segment.address + segment.memory_size;
  }));
}

TEST(ElfTest, RefusesWhatIsNoElf64) {
  EXPECT_FALSE(Read("").has_value());
  EXPECT_FALSE(Read("#!/bin/sh\n").has_value());
  std::string bytes = Ourselves().substr(0, 4096);
  EXPECT_EQ(Read(bytes).error(), "section headers lie outside of the file");
  bytes[4] = 1;  // ELFCLASS32
  EXPECT_EQ(Read(bytes).error(), "not a little-endian ELF64 file");
}

TEST(ElfTest, FunctionAtKnowsEnds) {
  File file;
  file.symbols = {
      {"a", 100, 10, true}, {"data", 120, 8, false}, {"label", 200, 0, true}, {"b", 300, 10, true}};
  EXPECT_EQ(file.FunctionAt(99), nullptr);
  EXPECT_EQ(file.FunctionAt(100)->name, "a");
  EXPECT_EQ(file.FunctionAt(109)->name, "a");
  EXPECT_EQ(file.FunctionAt(110), nullptr);
  EXPECT_EQ(file.FunctionAt(122), nullptr);
  EXPECT_EQ(file.FunctionAt(250)->name, "label");
  EXPECT_EQ(file.FunctionAt(309)->name, "b");
  EXPECT_EQ(file.FunctionAt(310), nullptr);
  EXPECT_EQ(file.Find("b")->address, 300u);
  EXPECT_EQ(file.Find("c"), nullptr);
}

}  // namespace
}  // namespace elf
