#include "tests/harness/flags.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

monitors::Result<Flags> Parse(std::vector<std::string> words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  return Flags::Parse(pointers, {"name", "number"});
}

TEST(FlagsTest, RepeatedAndMissing) {
  const auto flags = Parse({"--name=a", "--name=b=c", "--number=12"});
  ASSERT_TRUE(flags.has_value());
  EXPECT_EQ(flags->Get("name"), "b=c");
  EXPECT_EQ(flags->All("name"), (std::vector<std::string>{"a", "b=c"}));
  EXPECT_EQ(flags->Number("number", 3), 12);
  EXPECT_EQ(flags->Get("other", "x"), "x");
  EXPECT_EQ(flags->Number("other", 3), 3);
  EXPECT_FALSE(flags->Number("name", 3).has_value());
}

TEST(FlagsTest, RefusesOtherWords) {
  EXPECT_EQ(Parse({"--nam=a"}).error(), "unknown argument \"--nam=a\"");
  EXPECT_FALSE(Parse({"name=a"}).has_value());
  EXPECT_FALSE(Parse({"--name"}).has_value());
  EXPECT_FALSE(Parse({"--number=-1"})->Number("number", 0).has_value());
}

}  // namespace
}  // namespace harness
