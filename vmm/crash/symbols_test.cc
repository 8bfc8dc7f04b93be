#include "vmm/crash/symbols.h"

#include <gtest/gtest.h>

#include "vmm/testing/elf_builder.h"

namespace vmm {
namespace {

using testing::AsBytes;
using testing::ElfBuilder;

std::string Image() {
  return ElfBuilder(0x100000)
      .AddSegment(0x100000, "code")
      .AddSymbol("second", 0x100100, 0x10)
      .AddSymbol("first", 0x100000, 0x80)
      .AddSymbol("_ZN6kernel5start10KernelMainEv", 0x100200, 0x20)
      .AddSymbol("label", 0x100300, 0, STT_NOTYPE)
      .AddSymbol("after", 0x100320, 0x10)
      .AddSymbol("data", 0x100400, 0x10, STT_OBJECT)
      .Build();
}

TEST(Symbols, DescribesByTheFunctionThatContainsTheAddress) {
  const std::string file = Image();
  const Symbols symbols = Symbols::OfElf(AsBytes(file));
  EXPECT_FALSE(symbols.empty());
  EXPECT_EQ(symbols.Describe(0x100000), "first+0x0");
  EXPECT_EQ(symbols.Describe(0x10007f), "first+0x7f");
  EXPECT_EQ(symbols.Describe(0x100080), "0x100080");  // Between two.
  EXPECT_EQ(symbols.Describe(0x100101), "second+0x1");
  EXPECT_EQ(symbols.Describe(0x100204), "kernel::start::KernelMain()+0x4");
  EXPECT_EQ(symbols.FunctionAt(0x100204), "_ZN6kernel5start10KernelMainEv");
  EXPECT_EQ(symbols.Describe(0x0), "0x0");
}

TEST(Symbols, ALabelOfAssemblyReachesToTheNext) {
  const std::string file = Image();
  const Symbols symbols = Symbols::OfElf(AsBytes(file));
  EXPECT_EQ(symbols.Describe(0x10031f), "label+0x1f");
  EXPECT_EQ(symbols.Describe(0x100320), "after+0x0");
}

TEST(Symbols, DataIsNoFunction) {
  const std::string file = Image();
  EXPECT_EQ(Symbols::OfElf(AsBytes(file)).Describe(0x100404), "0x100404");
}

TEST(Symbols, WithoutATableThereAreNoNames) {
  const std::string stripped = ElfBuilder(0x100000).AddSegment(0x100000, "code").Build();
  EXPECT_TRUE(Symbols::OfElf(AsBytes(stripped)).empty());
  EXPECT_TRUE(Symbols::OfElf({}).empty());
  const std::string whole = Image();
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const Symbols symbols = Symbols::OfElf(AsBytes(whole).first(size));
    EXPECT_EQ(symbols.Describe(1), "0x1");
  }
}

}  // namespace
}  // namespace vmm
