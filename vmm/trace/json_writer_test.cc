#include "vmm/trace/json_writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace vmm {
namespace {

TEST(JsonWriter, PutsCommasBetweenAndNowhereElse) {
  JsonWriter json;
  json.BeginObject();
  json.BeginArray("a");
  json.Number({}, 1);
  json.BeginObject();
  json.EndObject();
  json.EndArray();
  json.BeginObject("b");
  json.String("c", "d");
  json.Number("e", std::numeric_limits<std::int64_t>::min());
  json.EndObject();
  json.EndObject();
  EXPECT_EQ(json.text(), R"({"a":[1,{}],"b":{"c":"d","e":-9223372036854775808}})");
}

TEST(JsonWriter, QuotesWhatWouldEndAString) {
  JsonWriter json;
  json.String({}, "a\"b\\c\n\x1f");
  EXPECT_EQ(json.text(), R"("a\"b\\c\u000a\u001f")");
}

TEST(JsonWriter, MicrosecondsHaveThreePlaces) {
  for (const auto& [nanoseconds, text] : {std::pair<std::int64_t, std::string_view>{0, "0.000"},
                                          {7, "0.007"},
                                          {1234567, "1234.567"},
                                          {-1050, "-1.050"}}) {
    JsonWriter json;
    json.Microseconds({}, nanoseconds);
    EXPECT_EQ(json.text(), text);
  }
}

}  // namespace
}  // namespace vmm
