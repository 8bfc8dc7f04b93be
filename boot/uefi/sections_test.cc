#include "boot/uefi/sections.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "boot/uefi/test_program.h"
#include "kernel/base/result.h"

namespace boot::uefi {
namespace {

using kernel::Error;

class FindSectionTest : public testing::Test {
 protected:
  FindSectionTest() {
    program_.Add(".one", std::as_bytes(std::span(std::string_view("first"))));
    program_.Add(".cmdline", std::as_bytes(std::span(std::string_view("second"))));
  }

  std::string Find(std::string_view name) {
    const auto section = FindSection(program_.bytes(), name);
    if (!section) return std::string(kernel::ErrorName(section.error()));
    return {reinterpret_cast<const char*>(section->data()), section->size()};
  }

  TestProgram program_;
};

TEST_F(FindSectionTest, ByItsWholeName) {
  EXPECT_EQ(Find(".one"), "first");
  EXPECT_EQ(Find(".cmdline"), "second");
  EXPECT_EQ(Find(".on"), "not found");
  EXPECT_EQ(Find(".one1"), "not found");
  EXPECT_EQ(Find(".cmdline1"), "not found") << "longer than any name";
}

TEST_F(FindSectionTest, ProgramsWithoutHeaders) {
  EXPECT_EQ(FindSection({}, ".one").error(), Error::kMalformed);
  EXPECT_EQ(FindSection(std::span(program_.bytes()).first(0x3f), ".one").error(),
            Error::kMalformed);
  program_.Put(TestProgram::kPeOffset, std::uint32_t{0x4551});
  EXPECT_EQ(Find(".one"), "malformed");
}

TEST_F(FindSectionTest, HeadersThatLeadOut) {
  auto& bytes = program_.bytes();
  bytes.resize(0x3000);
  program_.Put(TestProgram::kSectionTable + 40 + 12, std::uint32_t{0x2ffb});
  EXPECT_EQ(Find(".cmdline"), "malformed") << "ends one byte behind the program";
  program_.Put(TestProgram::kSectionTable + 40 + 12, ~std::uint32_t{0});
  EXPECT_EQ(Find(".cmdline"), "malformed") << "begins behind it";
  program_.Put(TestProgram::kPeOffset + 6, ~std::uint16_t{0});
  EXPECT_EQ(Find(".none"), "malformed") << "more sections than there is room for";
  program_.Put(0x3c, ~std::uint32_t{0});
  EXPECT_EQ(Find(".one"), "malformed") << "the headers lie elsewhere";
}

}  // namespace
}  // namespace boot::uefi
