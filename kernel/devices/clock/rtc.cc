#include "kernel/devices/clock/rtc.h"

#include <array>
#include <cstdint>
#include <expected>

#include "kernel/base/result.h"

namespace kernel::devices {
namespace {

constexpr bool IsLeap(unsigned year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr unsigned DaysOf(unsigned year, unsigned month) {
  constexpr std::array<unsigned, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[month - 1] + (month == 2 && IsLeap(year) ? 1 : 0);
}

constexpr unsigned kFirstYear = 1970;

bool IsTime(const CalendarTime& time) {
  return time.year >= kFirstYear && time.month >= 1 && time.month <= 12 && time.day >= 1 &&
         time.day <= DaysOf(time.year, time.month) && time.hour < 24 && time.minute < 60 &&
         time.second < 60;
}

}  // namespace

Result<std::uint64_t> SecondsSince1970(const CalendarTime& time) {
  if (!IsTime(time)) return std::unexpected(Error::kMalformed);
  std::uint64_t days = time.day - 1;
  for (unsigned year = kFirstYear; year < time.year; ++year) days += IsLeap(year) ? 366 : 365;
  for (unsigned month = 1; month < time.month; ++month) days += DaysOf(time.year, month);
  return ((days * 24 + time.hour) * 60 + time.minute) * 60 + time.second;
}

}  // namespace kernel::devices
