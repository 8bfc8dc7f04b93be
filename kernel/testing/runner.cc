#include "kernel/testing/runner.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "kernel/base/text_writer.h"

namespace kernel::testing {
namespace {

constexpr std::string_view kListWord = "list";

constinit Sink current_sink = nullptr;
constinit bool current_failed = false;

// In one write each: a line costs an exit from the machine.
void PrintLine(std::string_view head, std::string_view tail) {
  std::array<char, 256> buffer;
  TextWriter line(buffer);
  current_sink(line.Text(head).Text(tail).Text("\n").view());
}

bool RunCase(const TestCase& test_case) {
  PrintLine("[ RUN      ] ", test_case.name);
  current_failed = false;
  test_case.body();
  PrintLine(current_failed ? "[  FAILED  ] " : "[       OK ] ", test_case.name);
  return !current_failed;
}

void PrintSummary(std::size_t ran, std::size_t failed) {
  std::array<char, 64> buffer;
  TextWriter line(buffer);
  line.Decimal(ran).Text(" tests ran, ").Decimal(failed).Text(" failed\n");
  current_sink(line.view());
}

}  // namespace

int RunTests(std::span<const TestCase> cases, std::span<const char* const> arguments, Sink sink) {
  current_sink = sink;
  std::string_view wanted;
  for (const std::string_view argument : arguments) {
    if (argument.starts_with(kTestWord)) wanted = argument.substr(kTestWord.size());
  }
  if (wanted == kListWord) {
    for (const TestCase& test_case : cases) PrintLine(test_case.name, "");
    return 0;
  }
  std::size_t ran = 0;
  std::size_t failed = 0;
  for (const TestCase& test_case : cases) {
    if (!wanted.empty() && test_case.name != wanted) continue;
    ++ran;
    if (!RunCase(test_case)) ++failed;
  }
  PrintSummary(ran, failed);
  // A misspelt name must not look like success.
  if (ran == 0) return 2;
  return failed == 0 ? 0 : 1;
}

void RecordFailure(std::string_view lines) {
  current_failed = true;
  current_sink(lines);
}

}  // namespace kernel::testing
