#include "kernel/devices/console.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace kernel::devices {
namespace {

std::string& Written() {
  static std::string text;
  return text;
}

void First(std::string_view text) { Written().append("first:").append(text); }
void Second(std::string_view text) { Written().append("second:").append(text); }

// One test: the console is the process's only one.
TEST(Console, TheFirstThatIsOfferedStays) {
  Write("lost");
  EXPECT_FALSE(HasConsole());
  OfferConsole(&First);
  EXPECT_TRUE(HasConsole());
  OfferConsole(&Second);
  Write("kept");
  EXPECT_EQ(Written(), "first:kept");
}

}  // namespace
}  // namespace kernel::devices
