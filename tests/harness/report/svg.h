// What pages of measurements are drawn with: safe text, durations for people, a logarithmic axis.
#ifndef TESTS_HARNESS_REPORT_SVG_H_
#define TESTS_HARNESS_REPORT_SVG_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// Text that may stand in HTML and SVG, in content and in quoted attributes.
std::string Escape(std::string_view text);

/// Three digits and a unit: "479 µs", "35.3 ms", "1.46 s"; below 10 µs two: "7.3 µs".
std::string Duration(std::int64_t nanoseconds);

/// Durations in nanoseconds on a logarithmic axis that reaches from `left` to `right`.
class LogAxis {
 public:
  /// low and high: its ends; those below 1 ns count as 1 ns, and high as at least twice low.
  LogAxis(std::int64_t low, std::int64_t high, double left, double right);

  /// Where a duration lies; one beyond an end lies at that end.
  double X(std::int64_t nanoseconds) const;
  /// 1 to 9 times each power of ten, ascending, where they lie on it.
  std::vector<std::int64_t> Gridlines() const;
  /// Those that want a label: the powers of ten, and if there are less than three of them also 2
  /// and 5 times each.
  std::vector<std::int64_t> Ticks() const;

 private:
  bool Holds(std::int64_t nanoseconds) const;
  std::vector<std::int64_t> Multiples(std::span<const int> factors) const;

  double low_;  // As powers of ten.
  double high_;
  double left_;
  double right_;
};

}  // namespace harness

#endif  // TESTS_HARNESS_REPORT_SVG_H_
