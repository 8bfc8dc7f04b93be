#include "tests/harness/guest/junit.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(JunitTest, CountsAndEscapes) {
  const std::string xml = JunitOf(
      "a", {{.name = "Good.One", .duration_ns = 1'500'000},
            {.name = "Bad.\"Two\"", .failure = "1 < 2 & so on", .output = "line\n\x01<end>"}});
  EXPECT_TRUE(xml.contains(R"(tests="2" failures="1" time="0.001500")"));
  EXPECT_TRUE(xml.contains(R"(<testcase classname="Good" name="One" time="0.001500"></testcase>)"));
  EXPECT_TRUE(xml.contains("name=\"&quot;Two&quot;\""));
  EXPECT_TRUE(
      xml.contains("<failure message=\"1 &lt; 2 &amp; so on\">line\n?&lt;end&gt;</failure>"));
}

}  // namespace
}  // namespace harness
