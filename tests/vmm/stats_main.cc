// Runs `vmm run --stats --trace` and judges both files: every field of the statistics, every mark
// in its order, and each event of the trace by the rules of Chrome's format.
//
//   stats --vmm=PATH --image=ELF [--vmm-flag=FLAG]…
//
// Source: "Trace Event Format", Chromium project: the phases X, i and M.
#include <cstdio>
#include <cstdlib>
#include <format>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "images/monitors/process.h"
#include "tests/harness/boot.h"
#include "tests/harness/flags.h"
#include "tests/harness/marks.h"
#include "tests/json/json.h"

namespace {

using json::Value;

class Judge {
 public:
  void Expect(bool right, std::string_view complaint) {
    if (right) return;
    std::printf("BAD: %s\n", std::string(complaint).c_str());
    ++bad_;
  }
  void ExpectNumber(const Value& object, std::string_view name) {
    const Value& value = object[name];
    Expect(value.is(Value::Kind::kNumber) && value.number() >= 0,
           std::format("{} is not a number of 0 or more", name));
  }
  int bad() const { return bad_; }

 private:
  int bad_ = 0;
};

void JudgeStats(const Value& stats, std::int64_t exec_ns, Judge& judge) {
  const std::set<std::string> backends = {"vmx", "svm", "pvm"};
  judge.Expect(backends.contains(stats["backend"].string()), "backend is none of vmx, svm, pvm");
  const auto marks = harness::MarksFromStats(stats, exec_ns);
  judge.Expect(marks.has_value(), marks ? "" : marks.error());
  judge.Expect(!stats["exits"].members().empty(), "not one exit is counted");
  for (const auto& [reason, exit] : stats["exits"].members()) {
    judge.ExpectNumber(exit, "count");
    judge.ExpectNumber(exit, "ns");
    judge.Expect(exit["count"].number() >= 1, reason + " is listed but never came");
  }
  for (const char* name : {"guest_bytes", "touched_bytes", "monitor_private_bytes"}) {
    judge.ExpectNumber(stats["memory"], name);
  }
  judge.Expect(stats["memory"]["guest_bytes"].integer() == 8 << 20, "guest_bytes is not 8 MiB");
  judge.Expect(stats["memory"]["touched_bytes"].number() > 0, "no guest memory was touched");
  judge.ExpectNumber(stats, "exits_to_app_main");
  judge.ExpectNumber(stats, "cpu_ns");
  judge.ExpectNumber(stats, "involuntary_switches");
}

void JudgeEvent(const Value& event, std::set<std::string>& names, Judge& judge) {
  const std::string& phase = event["ph"].string();
  const std::string& name = event["name"].string();
  names.insert(name);
  judge.Expect(!name.empty(), "an event without a name");
  judge.ExpectNumber(event, "pid");
  judge.ExpectNumber(event, "tid");
  judge.Expect(phase == "X" || phase == "i" || phase == "M", "unknown phase of " + name);
  if (phase == "M") {
    judge.Expect(!event["args"]["name"].string().empty(), "metadata without a name");
    return;
  }
  judge.ExpectNumber(event, "ts");
  if (phase == "X") judge.ExpectNumber(event, "dur");
}

void JudgeTrace(const Value& trace, Judge& judge) {
  std::set<std::string> names;
  for (const Value& event : trace["traceEvents"].items()) JudgeEvent(event, names, judge);
  for (const std::string_view mark : harness::kAllMarks) {
    judge.Expect(names.contains(std::string(mark)), std::format("the trace lacks {}", mark));
  }
}

int Main(std::span<char* const> words) {
  const auto flags = harness::Flags::Parse(words, {"vmm", "image", "vmm-flag"});
  if (!flags) return std::fprintf(stderr, "stats: %s\n", flags.error().c_str()), 2;
  const char* const folder = std::getenv("TEST_TMPDIR");
  const std::string trace_path = std::string(folder == nullptr ? "/tmp" : folder) + "/trace.json";
  std::vector<std::string> line = {flags->Get("vmm"),
                                   "run",
                                   flags->Get("image"),
                                   "--memory=8M",
                                   std::format("--stats={}", monitors::kFilePath),
                                   "--trace=" + trace_path};
  for (const std::string& flag : flags->All("vmm-flag")) line.push_back(flag);
  const auto outcome = monitors::RunProcess({.arguments = line, .with_file = true});
  if (!outcome) return std::fprintf(stderr, "stats: %s\n", outcome.error().c_str()), 2;
  Judge judge;
  judge.Expect(outcome->signal == 0 && outcome->exit_status == 0,
               std::format("status {}: {}", outcome->exit_status, outcome->errors));
  const auto stats = json::Parse(outcome->file);
  judge.Expect(stats.has_value(), stats ? "" : "statistics: " + stats.error());
  if (stats) JudgeStats(*stats, outcome->exec_ns, judge);
  const auto text = harness::ReadFile(trace_path);
  judge.Expect(text.has_value(), text ? "" : text.error());
  const auto trace = json::Parse(text.value_or(""));
  judge.Expect(trace.has_value(), trace ? "" : "trace: " + trace.error());
  if (trace) JudgeTrace(*trace, judge);
  if (judge.bad() != 0) std::printf("%s\n%s\n", outcome->file.c_str(), text.value_or("").c_str());
  return judge.bad() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
