// A small test framework for code that runs inside an image, with the macros of GoogleTest that we
// use.
//
//   TEST(Heap, GivesBackWhatItTook) { EXPECT_EQ(left, right); ASSERT_TRUE(condition); }
//
// Link with //kernel/testing:main, or boot them all with //tests:guest_test.bzl.
#ifndef KERNEL_TESTING_TESTING_H_
#define KERNEL_TESTING_TESTING_H_

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "kernel/base/text_writer.h"
#include "kernel/testing/runner.h"

namespace kernel::testing {

/// Where an expectation stands, and how it reads.
struct Expectation {
  std::string_view file;
  int line;
  std::string_view text;
};

/// Writes `value` as well as it can be written without knowing its type.
template <typename T>
void PrintValue(TextWriter& out, const T& value) {
  if constexpr (std::same_as<T, bool>) {
    out.Text(value ? "true" : "false");
  } else if constexpr (std::is_enum_v<T>) {
    PrintValue(out, static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::signed_integral<T>) {
    out.SignedDecimal(value);
  } else if constexpr (std::unsigned_integral<T>) {
    out.Decimal(value).Text(" (").Hex(value).Text(")");
  } else if constexpr (std::convertible_to<T, std::string_view>) {
    out.Text("\"").Text(value).Text("\"");
  } else if constexpr (std::is_pointer_v<T>) {
    out.Hex(reinterpret_cast<std::uintptr_t>(value));
  } else if constexpr (requires {
                         { value.count() } -> std::unsigned_integral;
                       }) {
    PrintValue(out, value.count());  // Bytes, Nanoseconds.
  } else if constexpr (requires {
                         { value.value() } -> std::unsigned_integral;
                       }) {
    out.Hex(value.value());  // Addresses.
  } else {
    out.Text("(a value that cannot be printed)");
  }
}

/// Says that a condition was not as expected.
inline void FailCondition(const Expectation& expectation) {
  std::array<char, 512> buffer;
  TextWriter out(buffer);
  out.Text(expectation.file).Text(":").SignedDecimal(expectation.line).Text(": Failure\n");
  RecordFailure(out.Text("  Expected: ").Text(expectation.text).Text("\n").view());
}

/// Compares, and on failure says both values. Returns whether they compared as expected.
template <typename Left, typename Right, typename Compare>
bool CheckComparison(const Left& left, const Right& right, Compare compare,
                     const Expectation& expectation) {
  if (compare(left, right)) return true;
  std::array<char, 768> buffer;
  TextWriter out(buffer);
  out.Text(expectation.file).Text(":").SignedDecimal(expectation.line).Text(": Failure\n");
  out.Text("  Expected: ").Text(expectation.text).Text("\n      Left: ");
  PrintValue(out, left);
  out.Text("\n     Right: ");
  PrintValue(out, right);
  RecordFailure(out.Text("\n").view());
  return false;
}

inline bool CheckCondition(bool met, const Expectation& expectation) {
  if (!met) FailCondition(expectation);
  return met;
}

}  // namespace kernel::testing

#define KERNEL_TESTING_AT_(text) (::kernel::testing::Expectation{__FILE__, __LINE__, text})

#define KERNEL_TESTING_COMPARE_(left, op, right)                        \
  ::kernel::testing::CheckComparison(                                   \
      left, right, [](const auto& l, const auto& r) { return l op r; }, \
      KERNEL_TESTING_AT_(#left " " #op " " #right))

/// Defines a test case. No constructor runs for it: the linker gathers its constant in an array.
#define TEST(suite, name)                                                                      \
  static void suite##_##name##_body();                                                         \
  [[gnu::section("torito_tests"), gnu::used,                                                   \
    gnu::retain]] static constinit const ::kernel::testing::TestCase suite##_##name##_case = { \
      #suite "." #name, &suite##_##name##_body};                                               \
  static void suite##_##name##_body()

// EXPECT_ goes on after a failure, ASSERT_ leaves the function, which returns nothing.
#define EXPECT_TRUE(condition)                                                      \
  static_cast<void>(::kernel::testing::CheckCondition(static_cast<bool>(condition), \
                                                      KERNEL_TESTING_AT_(#condition)))
#define EXPECT_FALSE(condition)                                                      \
  static_cast<void>(::kernel::testing::CheckCondition(!static_cast<bool>(condition), \
                                                      KERNEL_TESTING_AT_("!(" #condition ")")))
#define EXPECT_EQ(left, right) static_cast<void>(KERNEL_TESTING_COMPARE_(left, ==, right))
#define EXPECT_NE(left, right) static_cast<void>(KERNEL_TESTING_COMPARE_(left, !=, right))
#define EXPECT_LT(left, right) static_cast<void>(KERNEL_TESTING_COMPARE_(left, <, right))
#define EXPECT_LE(left, right) static_cast<void>(KERNEL_TESTING_COMPARE_(left, <=, right))
#define EXPECT_GT(left, right) static_cast<void>(KERNEL_TESTING_COMPARE_(left, >, right))
#define EXPECT_GE(left, right) static_cast<void>(KERNEL_TESTING_COMPARE_(left, >=, right))

#define ASSERT_TRUE(condition)                                              \
  do {                                                                      \
    if (!::kernel::testing::CheckCondition(static_cast<bool>(condition),    \
                                           KERNEL_TESTING_AT_(#condition))) \
      return;                                                               \
  } while (false)
#define ASSERT_FALSE(condition)                                                      \
  do {                                                                               \
    if (!::kernel::testing::CheckCondition(!static_cast<bool>(condition),            \
                                           KERNEL_TESTING_AT_("!(" #condition ")"))) \
      return;                                                                        \
  } while (false)
#define KERNEL_TESTING_ASSERT_(left, op, right)            \
  do {                                                     \
    if (!KERNEL_TESTING_COMPARE_(left, op, right)) return; \
  } while (false)
#define ASSERT_EQ(left, right) KERNEL_TESTING_ASSERT_(left, ==, right)
#define ASSERT_NE(left, right) KERNEL_TESTING_ASSERT_(left, !=, right)
#define ASSERT_LT(left, right) KERNEL_TESTING_ASSERT_(left, <, right)
#define ASSERT_LE(left, right) KERNEL_TESTING_ASSERT_(left, <=, right)
#define ASSERT_GT(left, right) KERNEL_TESTING_ASSERT_(left, >, right)
#define ASSERT_GE(left, right) KERNEL_TESTING_ASSERT_(left, >=, right)

#define ADD_FAILURE() ::kernel::testing::FailCondition(KERNEL_TESTING_AT_("not to come here"))

#endif  // KERNEL_TESTING_TESTING_H_
