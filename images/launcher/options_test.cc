#include "images/launcher/options.h"

#include <gtest/gtest.h>

namespace launcher {
namespace {

monitors::Result<Options> Parse(std::vector<std::string> words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  return ParseOptions(pointers);
}

std::vector<std::string> With(std::vector<std::string> more) {
  std::vector<std::string> words = {"--image=a.elf", "--vmm=vmm", "--qemu=qemu", "--memory=64M",
                                    "--cmdline=one"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

TEST(OptionsTest, TheAppliancesOwn) {
  const auto options = Parse(With({"--cpus=2", "--prefer-qemu"}));
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->machine.image, "a.elf");
  EXPECT_EQ(options->machine.memory, "64M");
  EXPECT_EQ(options->machine.cpus, "2");
  EXPECT_EQ(options->machine.command_line, "one");
  EXPECT_TRUE(options->prefer_qemu);
  EXPECT_EQ(options->kvm_device, "/dev/kvm");
}

TEST(OptionsTest, WordsOfTheUserGoToTheAppliance) {
  const auto options = Parse(With({"--", "two", "--stats=s.json", "three", "--", "--four"}));
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->machine.command_line, "one two three --four");
  EXPECT_EQ(options->machine.vmm_flags, std::vector<std::string>{"--stats=s.json"});
}

TEST(OptionsTest, TheUsersFlagsWin) {
  const auto options =
      Parse(With({"--", "--memory=1G", "--cpus=1", "--cmdline=x", "--kvm=/dev/x"}));
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->machine.memory, "1G");
  EXPECT_EQ(options->machine.command_line, "x");
  EXPECT_EQ(options->kvm_device, "/dev/x");
  EXPECT_EQ(options->machine.vmm_flags, std::vector<std::string>{"--kvm=/dev/x"});
}

TEST(OptionsTest, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(Parse(With({"--imag=b"})).error(), "launcher: unknown option --imag=b");
  EXPECT_FALSE(Parse({"--image=a.elf"}).has_value());
  EXPECT_FALSE(Parse({}).has_value());
}

}  // namespace
}  // namespace launcher
