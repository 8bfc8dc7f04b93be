#include "vmm/crash/crash_line.h"

#include <algorithm>
#include <optional>

#include "kernel/abi/crash_line.h"
#include "vmm/crash/json_reader.h"

namespace vmm {
namespace {

// Room for what a report of ours can hold; a hostile one gets no more.
constexpr std::size_t kMaxEntries = 256;

template <typename T>
bool Store(std::optional<T> value, T& to) {
  if (!value) return false;
  to = *std::move(value);
  return true;
}

bool ReadRegisters(JsonReader& reader, CrashReport& report) {
  return reader.Object([&](const std::string& name) {
    const auto value = reader.HexString();
    if (!value || report.registers.size() == kMaxEntries) return false;
    report.registers.emplace_back(name, *value);
    return true;
  });
}

bool ReadBacktrace(JsonReader& reader, CrashReport& report) {
  return reader.Array([&] {
    const auto value = reader.HexString();
    if (!value || report.backtrace.size() == kMaxEntries) return false;
    report.backtrace.push_back(*value);
    return true;
  });
}

bool ReadMember(JsonReader& reader, const std::string& name, CrashReport& report) {
  if (name == "kind") return Store(reader.String(), report.kind);
  if (name == "message") return Store(reader.String(), report.message);
  if (name == "vector") return Store(reader.Number(), report.vector);
  if (name == "error") return Store(reader.Number(), report.error);
  if (name == "address") return Store(reader.HexString(), report.address);
  if (name == "rip") return Store(reader.HexString(), report.rip);
  if (name == "rsp") return Store(reader.HexString(), report.rsp);
  if (name == "registers") return ReadRegisters(reader, report);
  if (name == "backtrace") return ReadBacktrace(reader, report);
  return reader.Skip();
}

}  // namespace

Result<CrashReport> ParseCrashLine(std::string_view line) {
  if (!line.starts_with(abi::kCrashPrefix)) return GuestFault("not a crash line");
  JsonReader reader(line.substr(abi::kCrashPrefix.size()));
  CrashReport report;
  const bool read =
      reader.Object([&](const std::string& name) { return ReadMember(reader, name, report); });
  if (!read || !reader.AtEnd()) return GuestFault("the image's crash line is malformed");
  if (report.kind != "fault" && report.kind != "check") {
    return GuestFault("the image's crash line names no known kind of crash");
  }
  return report;
}

std::string_view FindCrashLine(std::string_view console) {
  std::string_view found;
  while (!console.empty()) {
    const std::size_t end = console.find('\n');
    if (end == console.npos) break;
    if (console.starts_with(abi::kCrashPrefix)) found = console.substr(0, end);
    console.remove_prefix(end + 1);
  }
  return found;
}

void CrashLineCatcher::Look(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t end = piece.find('\n');
    const std::string_view part = piece.substr(0, end);
    if (!skipping_) {
      const std::size_t have = current_.size();
      const std::size_t missing =
          abi::kCrashPrefix.size() - std::min(have, abi::kCrashPrefix.size());
      // Ordinary text differs in its first letters: it is not even copied.
      const std::string_view prefix = abi::kCrashPrefix.substr(abi::kCrashPrefix.size() - missing);
      const std::size_t compared = std::min(missing, part.size());
      skipping_ =
          part.substr(0, compared) != prefix.substr(0, compared) || have + part.size() > kMaxLine;
      if (skipping_) {
        current_.clear();
      } else {
        current_ += part;
      }
    }
    if (end == piece.npos) return;
    if (current_.size() >= abi::kCrashPrefix.size()) complete_ = std::move(current_);
    current_.clear();
    skipping_ = false;
    piece.remove_prefix(end + 1);
  }
}

}  // namespace vmm
