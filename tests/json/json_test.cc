#include "tests/json/json.h"

#include <gtest/gtest.h>

namespace json {
namespace {

TEST(JsonTest, ReadsEachKind) {
  const auto value = Parse(R"( {"a": [1, -2.5e1, true, null], "b": {"c": "x\ny\u00e9"}, "d":""} )");
  ASSERT_TRUE(value.has_value()) << value.error();
  const auto& items = (*value)["a"].items();
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].integer(), 1);
  EXPECT_EQ(items[1].number(), -25);
  EXPECT_TRUE(items[2].boolean());
  EXPECT_TRUE(items[3].is(Value::Kind::kNull));
  EXPECT_EQ((*value)["b"]["c"].string(), "x\ny\xc3\xa9");
  EXPECT_TRUE(value->Has("d"));
  EXPECT_FALSE(value->Has("e"));
  EXPECT_TRUE((*value)["e"]["f"].is(Value::Kind::kNull));
}

TEST(JsonTest, KeepsTheOrderOfMembers) {
  const auto value = Parse(R"({"z":1,"a":2,"m":3})");
  ASSERT_TRUE(value.has_value());
  std::string names;
  for (const auto& [name, unused] : value->members()) names += name;
  EXPECT_EQ(names, "zam");
}

TEST(JsonTest, ReadsSurrogatePairs) {
  EXPECT_EQ(Parse(R"("\ud83d\ude00")").value_or(Value()).string(), "\xf0\x9f\x98\x80");
}

TEST(JsonTest, RefusesWhatIsNotJson) {
  for (const std::string_view text : {"",
                                      " ",
                                      "{",
                                      "[1",
                                      "[1,]",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "{\"a\":1,}",
                                      "{a:1}",
                                      "01",
                                      "1.",
                                      "1e",
                                      "-",
                                      "+1",
                                      ".5",
                                      "nul",
                                      "\"a",
                                      "\"\\x\"",
                                      "\"\\u12g4\"",
                                      "\"\\ud800\"",
                                      "\"\\ude00\"",
                                      "\"\n\"",
                                      "1 2",
                                      "{} {}",
                                      "'a'",
                                      "1e999",
                                      "{\"a\":1,\"a\":2}",
                                      "[1 2]",
                                      "\xff"}) {
    EXPECT_FALSE(Parse(text).has_value()) << text;
  }
}

TEST(JsonTest, NamesThePlace) { EXPECT_EQ(Parse("[1, 2").error(), "byte 5: ',' or ']' expected"); }

TEST(JsonTest, LimitsNesting) {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(Parse(nested(kMaxDepth)).has_value());
  EXPECT_FALSE(Parse(nested(kMaxDepth + 2)).has_value());
  EXPECT_FALSE(Parse(std::string(1'000'000, '[')).has_value());
}

TEST(JsonTest, QuotedTextComesBack) {
  const std::string text = "a \"b\" \\ \n\t\x01 \xc3\xa9";
  EXPECT_EQ(Parse(Quote(text)).value_or(Value()).string(), text);
}

}  // namespace
}  // namespace json
