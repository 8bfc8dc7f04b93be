#include "kernel/start/arguments.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace kernel::start {
namespace {

class SplitCommandLineTest : public testing::Test {
 protected:
  std::vector<std::string> Split(std::string_view line) {
    // Just as large as promised, so that ASan sees a byte too many.
    std::vector<char*> values(CountWords(line) + 2);
    std::vector<char> text(line.size() + 1);
    std::string program = "program";
    const Arguments arguments = SplitCommandLine(line, program.data(), values, text);
    print_boot_clock_ = arguments.print_boot_clock;
    EXPECT_EQ(arguments.values[arguments.count], nullptr);
    return {arguments.values, arguments.values + arguments.count};
  }

  bool print_boot_clock_ = false;
};

using Words = std::vector<std::string>;

TEST_F(SplitCommandLineTest, TheProgramComesFirst) {
  EXPECT_EQ(Split(""), Words{"program"});
  EXPECT_EQ(Split("   "), Words{"program"});
  EXPECT_EQ(Split("a"), (Words{"program", "a"}));
}

TEST_F(SplitCommandLineTest, AnyNumberOfSpacesSeparates) {
  EXPECT_EQ(Split("  one two   three "), (Words{"program", "one", "two", "three"}));
}

TEST_F(SplitCommandLineTest, QuotesAreOrdinaryCharacters) {
  EXPECT_EQ(Split("\"a b\""), (Words{"program", "\"a", "b\""}));
}

TEST_F(SplitCommandLineTest, TheKernelKeepsItsOwnWord) {
  EXPECT_EQ(Split("a torito.marks b"), (Words{"program", "a", "b"}));
  EXPECT_TRUE(print_boot_clock_);
  EXPECT_EQ(Split("torito.marksx torito.mark"), (Words{"program", "torito.marksx", "torito.mark"}));
  EXPECT_FALSE(print_boot_clock_);
}

TEST_F(SplitCommandLineTest, WordsForDriversAreNotTheProgram) {
  EXPECT_EQ(Split("a virtio_mmio.device=4K@0xd0000000:5 b"), (Words{"program", "a", "b"}));
  EXPECT_EQ(Split("virtio_mmio.devices=1"), (Words{"program", "virtio_mmio.devices=1"}));
}

TEST(CountWords, CountsWhatIsSplit) {
  EXPECT_EQ(CountWords(""), 0u);
  EXPECT_EQ(CountWords(" "), 0u);
  EXPECT_EQ(CountWords(" a  b"), 2u);
}

}  // namespace
}  // namespace kernel::start
