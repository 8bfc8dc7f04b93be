#include "tests/harness/marks.h"

#include <x86intrin.h>

#include <charconv>
#include <format>

namespace harness {
namespace {

// Where a line that starts with `prefix` begins, the last such if there are several.
std::size_t LastLineWith(std::string_view prefix, std::string_view text) {
  std::size_t at = text.rfind(prefix);
  while (at != std::string_view::npos && at != 0 && text[at - 1] != '\n') {
    at = text.rfind(prefix, at - 1);
  }
  return at;
}

}  // namespace

std::int64_t At(const Marks& marks, std::string_view name) {
  for (const Mark& mark : marks) {
    if (mark.name == name) return mark.at_ns;
  }
  return -1;
}

TickRate::TickRate() : start_ns_(monitors::MonotonicNow()), start_ticks_(__rdtsc()) {}

double TickRate::nanoseconds_per_tick() const {
  const auto elapsed_ns = static_cast<double>(monitors::MonotonicNow() - start_ns_);
  return elapsed_ns / static_cast<double>(__rdtsc() - start_ticks_);
}

std::size_t MarksLineOffset(std::string_view console) {
  return LastLineWith(abi::kBootMarksPrefix, console);
}

Result<abi::BootClock> ClockFromConsole(std::string_view console) {
  const std::size_t offset = MarksLineOffset(console);
  if (offset == std::string_view::npos) {
    return std::unexpected("the image printed no line of boot marks");
  }
  const std::string_view rest = console.substr(offset + abi::kBootMarksPrefix.size());
  const std::string_view line = rest.substr(0, rest.find_first_of("\r\n"));
  abi::BootClock clock{};
  const char* next = line.data();
  const char* const end = line.data() + line.size();
  for (std::size_t i = 0; i < abi::kBootMarkCount; ++i) {
    if (i > 0) {
      // Between numbers stands one space; without it there is no number either.
      const bool space = next != end && *next == ' ';
      next = space ? next + 1 : end;
    }
    const auto [stop, error] = std::from_chars(next, end, clock.tsc[i]);
    if (error != std::errc()) {
      return std::unexpected(std::format("malformed line of boot marks: \"{}\"", line));
    }
    next = stop;
    if (clock.tsc[i] == 0) {
      return std::unexpected(std::format("mark {} never came", abi::kBootMarkNames[i]));
    }
    if (i > 0 && clock.tsc[i] < clock.tsc[i - 1]) {
      return std::unexpected(std::format("mark {} is earlier than {}", abi::kBootMarkNames[i],
                                         abi::kBootMarkNames[i - 1]));
    }
  }
  if (next != end) {
    return std::unexpected(std::format("malformed line of boot marks: \"{}\"", line));
  }
  return clock;
}

Marks MarksFromClock(const abi::BootClock& clock, std::int64_t arrival_ns,
                     double nanoseconds_per_tick) {
  Marks marks;
  const std::uint64_t last = clock.tsc[abi::kBootMarkCount - 1];
  for (std::size_t i = 0; i < abi::kBootMarkCount; ++i) {
    const double before = static_cast<double>(last - clock.tsc[i]) * nanoseconds_per_tick;
    marks.push_back(
        {std::string(abi::kBootMarkNames[i]), arrival_ns - static_cast<std::int64_t>(before)});
  }
  return marks;
}

Result<Marks> MarksFromStats(const json::Value& stats, std::int64_t exec_ns) {
  if (!stats["start_monotonic_ns"].is(json::Value::Kind::kNumber)) {
    return std::unexpected("the statistics have no start_monotonic_ns");
  }
  const std::int64_t offset = stats["start_monotonic_ns"].integer() - exec_ns;
  if (offset < 0) return std::unexpected("the monitor says that it started before its exec");
  Marks marks;
  std::size_t expected = 0;
  for (const auto& [name, value] : stats["marks_ns"].members()) {
    if (expected == kAllMarks.size() || name != kAllMarks[expected]) break;
    if (!value.is(json::Value::Kind::kNumber)) break;
    marks.push_back({name, offset + value.integer()});
    if (expected > 0 && marks[expected].at_ns < marks[expected - 1].at_ns) {
      return std::unexpected(
          std::format("mark {} is earlier than {}", name, kAllMarks[expected - 1]));
    }
    ++expected;
  }
  if (expected != kAllMarks.size()) {
    return std::unexpected(
        std::format("mark {} never came, or not in its place", kAllMarks[expected]));
  }
  if (stats["marks_ns"].members().size() != kAllMarks.size()) {
    return std::unexpected("the statistics name marks that nobody knows");
  }
  return marks;
}

}  // namespace harness
