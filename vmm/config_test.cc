#include "vmm/config.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace vmm {
namespace {

Result<Command> Parse(std::initializer_list<std::string_view> words) {
  return ParseCommandLine(std::vector<std::string_view>(words));
}

TEST(CommandLine, DefaultsAreTheDocumentedOnes) {
  const auto command = Parse({"run", "a.elf"});
  ASSERT_TRUE(command.has_value());
  EXPECT_EQ(command->kind, Command::Kind::kRun);
  const MachineConfig& config = command->config;
  EXPECT_EQ(config.image, "a.elf");
  EXPECT_EQ(config.memory, Bytes(32u << 20));
  EXPECT_EQ(config.cpus, 1u);
  EXPECT_EQ(config.console.kind, ConsoleConfig::Kind::kStdio);
  EXPECT_EQ(config.pages, Pages::kNormal);
  EXPECT_EQ(config.boot, std::nullopt);
  EXPECT_EQ(config.kvm_device, "/dev/kvm");
  EXPECT_FALSE(config.quiet);
  EXPECT_FALSE(config.observed());
}

TEST(CommandLine, TakesEveryFlagInAnyOrder) {
  const auto command = Parse({"run", "--memory=64M", "--cpus=4", "--cmdline=a --b=c", "x.elf",
                              "--console=file:/tmp/c", "--pages=thp", "--boot=pvh", "--stats=s",
                              "--trace=t", "--kvm=/dev/other", "--quiet"});
  ASSERT_TRUE(command.has_value());
  const MachineConfig& config = command->config;
  EXPECT_EQ(config.image, "x.elf");
  EXPECT_EQ(config.memory, Bytes(64u << 20));
  EXPECT_EQ(config.cpus, 4u);
  EXPECT_EQ(config.command_line, "a --b=c");
  EXPECT_EQ(config.console.kind, ConsoleConfig::Kind::kFile);
  EXPECT_EQ(config.console.path, "/tmp/c");
  EXPECT_EQ(config.pages, Pages::kTransparentHuge);
  EXPECT_EQ(config.boot, BootMode::kPvh);
  EXPECT_EQ(config.stats_file, "s");
  EXPECT_EQ(config.trace_file, "t");
  EXPECT_EQ(config.kvm_device, "/dev/other");
  EXPECT_TRUE(config.quiet);
  EXPECT_TRUE(config.observed());
}

TEST(CommandLine, SizesHaveUnits) {
  EXPECT_EQ(Parse({"run", "a", "--memory=2097152"})->config.memory, Bytes(2u << 20));
  EXPECT_EQ(Parse({"run", "a", "--memory=4096K"})->config.memory, Bytes(4u << 20));
  EXPECT_EQ(Parse({"run", "a", "--memory=3G"})->config.memory, Bytes(3ull << 30));
}

TEST(CommandLine, OtherCommands) {
  EXPECT_EQ(Parse({"--help"})->kind, Command::Kind::kHelp);
  EXPECT_EQ(Parse({"check"})->kind, Command::Kind::kCheck);
  EXPECT_EQ(Parse({"check", "--kvm=/x"})->config.kvm_device, "/x");
}

// Each refusal is one line that names the word and, where one can be known, the remedy.
TEST(CommandLine, RefusesWithCauseAndRemedy) {
  const struct {
    std::vector<std::string_view> words;
    std::string_view message;
  } kCases[] = {
      {{}, "no command given (see vmm --help)"},
      {{"fly"}, "unknown command fly (see vmm --help)"},
      {{"serve"}, "serve is not built yet (see vmm --help)"},
      {{"run"}, "run: no image given (see vmm --help)"},
      {{"run", ""}, "the image's path is empty; give one"},
      {{"run", "a", "b"},
       "two images, a and b; give one (words for the image itself go into --cmdline=TEXT)"},
      {{"run", "a", "--disk=x"}, "--disk is not built yet; leave it out"},
      {{"run", "a", "--mem=1M"}, "unknown flag --mem (see vmm --help)"},
      {{"run", "a", "--"}, "unknown flag -- (see vmm --help)"},
      {{"run", "a", "--memory"}, "--memory: write --memory=VALUE"},
      {{"run", "a", "--memory=1"}, "--memory=1: give 2M to 3G"},
      {{"run", "a", "--memory=4G"}, "--memory=4G: give 2M to 3G"},
      {{"run", "a", "--memory=2097153"}, "--memory=2097153: give whole pages of 4K"},
      {{"run", "a", "--memory="},
       "--memory=: give a number of bytes, or one with K, M or G, such as 32M"},
      {{"run", "a", "--memory=32MB"},
       "--memory=32MB: give a number of bytes, or one with K, M or G, such as 32M"},
      {{"run", "a", "--memory=99999999999999999999"},
       "--memory=99999999999999999999: give a number of bytes, or one with K, M or G, such as 32M"},
      {{"run", "a", "--memory=18014398509481984K"},
       "--memory=18014398509481984K: give a number of bytes, or one with K, M or G, such as 32M"},
      {{"run", "a", "--cpus=0"}, "--cpus=0: give a number from 1 to 254"},
      {{"run", "a", "--cpus=255"}, "--cpus=255: give a number from 1 to 254"},
      {{"run", "a", "--cpus=1000"}, "--cpus=1000: give a number from 1 to 254"},
      {{"run", "a", "--cpus=two"}, "--cpus=two: give a number from 1 to 254"},
      {{"run", "a", "--cpus=2x"}, "--cpus=2x: give a number from 1 to 254"},
      {{"run", "a", "--console=tty"}, "--console=tty: give stdio, file:PATH or none"},
      {{"run", "a", "--console=file:"}, "--console=file:: give stdio, file:PATH or none"},
      {{"run", "a", "--pages=4M"}, "--pages=4M: give one of normal, thp, 2M"},
      {{"run", "a", "--boot=bios"}, "--boot=bios: give one of direct, linux64, pvh"},
      {{"run", "a", "--stats="}, "the path after = is empty; give one"},
      {{"check", "a"}, "check: cannot use a (see vmm --help)"},
      {{"check", "--memory=32M"}, "unknown flag --memory (see vmm --help)"},
  };
  for (const auto& [words, message] : kCases) {
    const auto command = ParseCommandLine(words);
    ASSERT_FALSE(command.has_value()) << message;
    EXPECT_EQ(command.error().code, Code::kInvalidArgument);
    EXPECT_EQ(Message(command.error()), message);
  }
}

TEST(CommandLine, TheImagesWordsHaveALimit) {
  const std::string longest = "--cmdline=" + std::string(65536, 'x');
  EXPECT_TRUE(Parse({"run", "a", longest}).has_value());
  EXPECT_FALSE(Parse({"run", "a", longest + "x"}).has_value());
}

}  // namespace
}  // namespace vmm
