#include "tests/harness/report/svg.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <format>

namespace harness {
namespace {

constexpr std::int64_t kLastDecade = 1'000'000'000'000;  // Some 17 minutes.

double PowerOfTen(std::int64_t nanoseconds) {
  return std::log10(static_cast<double>(std::max<std::int64_t>(nanoseconds, 1)));
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string Duration(std::int64_t nanoseconds) {
  double value = static_cast<double>(nanoseconds) / 1000;
  std::string_view unit = "µs";
  // 999.5 would be shown as 1000 of the smaller unit.
  for (const std::string_view larger : {"ms", "s"}) {
    if (value < 999.5) break;
    value /= 1000;
    unit = larger;
  }
  // Of microseconds no more than a tenth: the clock is no finer.
  const int finest = unit == "µs" ? 1 : 2;
  const int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return std::format("{:.{}f} {}", value, std::min(digits, finest), unit);
}

LogAxis::LogAxis(std::int64_t low, std::int64_t high, double left, double right)
    : low_(PowerOfTen(low)),
      high_(std::max(PowerOfTen(high), low_ + std::log10(2.0))),
      left_(left),
      right_(right) {}

double LogAxis::X(std::int64_t nanoseconds) const {
  const double position = std::clamp(PowerOfTen(nanoseconds), low_, high_);
  return left_ + (position - low_) / (high_ - low_) * (right_ - left_);
}

bool LogAxis::Holds(std::int64_t nanoseconds) const {
  // An end is on it, whatever the last bit of its logarithm.
  constexpr double kSlack = 1e-9;
  const double position = PowerOfTen(nanoseconds);
  return position >= low_ - kSlack && position <= high_ + kSlack;
}

std::vector<std::int64_t> LogAxis::Multiples(std::span<const int> factors) const {
  std::vector<std::int64_t> multiples;
  for (std::int64_t decade = 1; decade <= kLastDecade; decade *= 10) {
    for (const int factor : factors) {
      if (Holds(decade * factor)) multiples.push_back(decade * factor);
    }
  }
  return multiples;
}

std::vector<std::int64_t> LogAxis::Gridlines() const {
  return Multiples(std::array{1, 2, 3, 4, 5, 6, 7, 8, 9});
}

std::vector<std::int64_t> LogAxis::Ticks() const {
  std::vector<std::int64_t> decades = Multiples(std::array{1});
  return decades.size() >= 3 ? decades : Multiples(std::array{1, 2, 5});
}

}  // namespace harness
