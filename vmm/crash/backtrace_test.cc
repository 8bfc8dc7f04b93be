#include "vmm/crash/backtrace.h"

#include <gtest/gtest.h>

#include "vmm/testing/elf_builder.h"

namespace vmm {
namespace {

using testing::AsBytes;
using testing::ElfBuilder;

const std::string& Image() {
  static const std::string image = ElfBuilder(0x1000)
                                       .AddSymbol("Inner", 0x1000, 0x10)
                                       .AddSymbol("Outer", 0x1010, 0x10)
                                       .AddSymbol("Next", 0x1020, 0x10)
                                       .Build();
  return image;
}

TEST(ReadableBacktrace, NamesEveryFrame) {
  const std::string console =
      "hello\ntorito-crash {\"kind\":\"fault\",\"backtrace\":[\"0x1004\",\"0x1018\",\"0x9\"]}\n";
  EXPECT_EQ(ReadableBacktrace(console, AsBytes(Image())),
            "  #0 Inner+0x4\n  #1 Outer+0x8\n  #2 0x9\n");
}

// A call that does not return may end its function: its return address is then the next function's.
TEST(ReadableBacktrace, NamesTheCallerWhoseCallIsItsLastInstruction) {
  const std::string console =
      "torito-crash {\"kind\":\"check\",\"backtrace\":[\"0x1020\",\"0x1020\"]}\n";
  EXPECT_EQ(ReadableBacktrace(console, AsBytes(Image())), "  #0 Next+0x0\n  #1 Outer+0xf (call)\n");
}

TEST(ReadableBacktrace, SaysWhenTheLineIsBroken) {
  EXPECT_EQ(ReadableBacktrace("torito-crash {\n", AsBytes(Image())),
            "the image's crash line is malformed\n");
  EXPECT_EQ(ReadableBacktrace("no crash\n", AsBytes(Image())), "");
}

}  // namespace
}  // namespace vmm
