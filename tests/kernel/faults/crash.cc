#include "tests/kernel/faults/crash.h"

#include <array>
#include <charconv>
#include <format>

#include "kernel/abi/crash_line.h"
#include "tests/harness/boot.h"
#include "tests/json/json.h"

namespace faults {
namespace {

using json::Value;

constexpr std::array<std::string_view, 18> kRegisters = {
    "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp", "r8",
    "r9",  "r10", "r11", "r12", "r13", "r14", "r15", "rip", "rflags"};

// Reads typed members of the line; the first thing that is wrong stays.
class Reader {
 public:
  std::uint64_t Hexadecimal(const Value& value, std::string_view name) {
    const std::string& text = value.string();
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    if (text.starts_with("0x")) {
      const auto [stop, error] = std::from_chars(text.data() + 2, end, number, 16);
      if (error == std::errc() && stop == end) return number;
    }
    Complain(std::format("{} is no hexadecimal number in quotes", name));
    return 0;
  }

  std::uint64_t Number(const Value& object, std::string_view name) {
    const Value& value = object[name];
    if (!value.is(Value::Kind::kNumber) || value.number() < 0) {
      Complain(std::format("{} is no number", name));
    }
    return static_cast<std::uint64_t>(value.integer());
  }

  void Complain(std::string complaint) {
    if (error_.empty()) error_ = std::move(complaint);
  }
  const std::string& error() const { return error_; }

 private:
  std::string error_;
};

Crash CrashFrom(const Value& line, Reader& reader) {
  Crash crash;
  crash.kind = line["kind"].string();
  const bool fault = crash.kind == "fault";
  if (!fault && crash.kind != "check") reader.Complain("kind is neither fault nor check");
  crash.vector = reader.Number(line, "vector");
  crash.error = reader.Number(line, "error");
  if (line.Has("address")) crash.address = reader.Hexadecimal(line["address"], "address");
  if (crash.vector == 14 && !line.Has("address")) reader.Complain("a page fault without address");
  crash.message = line["message"].string();
  if (!fault && crash.message.empty()) reader.Complain("a failed CHECK without message");
  crash.rip = reader.Hexadecimal(line["rip"], "rip");
  crash.rsp = reader.Hexadecimal(line["rsp"], "rsp");
  for (const auto& [name, value] : line["registers"].members()) {
    crash.registers[name] = reader.Hexadecimal(value, name);
  }
  for (const Value& frame : line["backtrace"].items()) {
    crash.backtrace.push_back(reader.Hexadecimal(frame, "backtrace"));
  }
  return crash;
}

void CheckConsistency(const Crash& crash, Reader& reader) {
  if (crash.kind == "fault") {
    for (const std::string_view name : kRegisters) {
      // rip and rsp may stand outside of "registers" only.
      if (name == "rip" || name == "rsp") continue;
      if (!crash.registers.contains(std::string(name))) {
        reader.Complain(std::format("register {} is missing", name));
      }
    }
  }
  if (crash.backtrace.empty() || crash.backtrace.front() != crash.rip) {
    reader.Complain("the backtrace does not begin with rip");
  }
}

}  // namespace

std::expected<Crash, std::string> CrashFromConsole(std::string_view console) {
  std::string_view found;
  for (const std::string_view line : harness::Lines(console)) {
    if (!line.starts_with(abi::kCrashPrefix)) continue;
    if (!found.empty()) return std::unexpected("there are two crash lines");
    found = line.substr(abi::kCrashPrefix.size());
  }
  if (found.empty()) return std::unexpected("there is no crash line");
  const auto value = json::Parse(found);
  if (!value) return std::unexpected("the crash line is no JSON: " + value.error());
  Reader reader;
  Crash crash = CrashFrom(*value, reader);
  CheckConsistency(crash, reader);
  if (!reader.error().empty()) return std::unexpected("the crash line is wrong: " + reader.error());
  return crash;
}

}  // namespace faults
