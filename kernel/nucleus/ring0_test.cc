// Ring 0 uses only instructions that every KVM can run, also one that emulates ring 0 (kvm-pvm) or
// that runs nested. A list of what is allowed, not of what is not: a new instruction must be tried
// before it stands here.
//
// Source: measured on kvm-pvm and under nested SVM; among those that fail there are INT n, RDTSCP,
// STAC, XGETBV, POPCNT, CMPXCHG16B and most of SSE and x87.
#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace {

constexpr std::array<std::string_view, 55> kAllowed = {
    "addl",  "andl",  "callq",  "cld",   "cli",   "cmovbl", "cmpb", "cmpl", "cmpq",  "cmpxchgq",
    "cpuid", "hlt",   "iretq",  "jae",   "jb",    "je",     "jmp",  "jne",  "leal",  "lgdtl",
    "lgdtq", "lidtq", "ljmpl",  "lock",  "lretq", "ltrw",   "movb", "movl", "movq",  "movsb",
    "movsq", "movw",  "movzbl", "nop",   "nopl",  "nopw",   "orl",  "outb", "outl",  "outsb",
    "popq",  "pushq", "rdtsc",  "retq",  "shll",  "shrl",   "shrq", "sti",  "stosl", "subl",
    "testb", "testl", "testq",  "wrmsr", "xorl",
};

struct Instruction {
  std::string text;  // The whole line.
  std::string mnemonic;
};

std::vector<Instruction> ReadListing() {
  std::ifstream file("kernel/nucleus/ring0_listing.txt");
  std::vector<Instruction> instructions;
  for (std::string line; std::getline(file, line);) {
    // "     1f: \tmovl\t$1, %eax"
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos || line.find("file format") != std::string::npos ||
        line.find(':') > tab) {
      continue;
    }
    Instruction instruction{.text = line, .mnemonic = {}};
    std::istringstream words(line.substr(tab));
    words >> instruction.mnemonic;
    if (instruction.mnemonic == "rep") words >> instruction.mnemonic;
    instructions.push_back(instruction);
  }
  return instructions;
}

bool IsAllowed(const Instruction& instruction) {
  if (std::ranges::find(kAllowed, instruction.mnemonic) == kAllowed.end()) return false;
  // No register that would want SSE or x87 state.
  return instruction.text.find("%xmm") == std::string::npos &&
         instruction.text.find("%st") == std::string::npos &&
         instruction.text.find("%mm") == std::string::npos;
}

TEST(Ring0, UsesOnlyInstructionsThatEveryKvmRuns) {
  for (const Instruction& instruction : ReadListing()) {
    EXPECT_TRUE(IsAllowed(instruction)) << instruction.text;
  }
}

// The listing is whole: else the test above would pass for nothing.
TEST(Ring0, TheListingHoldsWhatTheNucleusConsistsOf) {
  const std::vector<Instruction> instructions = ReadListing();
  const auto count = [&](std::string_view mnemonic) {
    return std::ranges::count(instructions, mnemonic, &Instruction::mnemonic);
  };
  EXPECT_GT(instructions.size(), 200u);
  EXPECT_EQ(count("ljmpl"), 3) << "Enter32, and a core's two steps to 64-bit mode";
  EXPECT_EQ(count("lretq"), 1) << "Enter64";
  EXPECT_EQ(count("ltrw"), 2) << "NucleusInit and CoreInit";
  EXPECT_EQ(count("hlt"), 2) << "CallWait and Halt";
  EXPECT_EQ(count("rdtsc"), 4) << "the entries of boot/";
  EXPECT_GE(count("iretq"), 6) << "every way back to ring 3";
}

TEST(Ring0, TheTestKnowsAForbiddenInstruction) {
  EXPECT_FALSE(IsAllowed({.text = "int3", .mnemonic = "int3"}));
  EXPECT_FALSE(IsAllowed({.text = "rdtscp", .mnemonic = "rdtscp"}));
  EXPECT_FALSE(IsAllowed({.text = "movq\t%xmm0, %rax", .mnemonic = "movq"}));
}

}  // namespace
