// Runs a command and judges its end and its words: for tests of programs as a user meets them.
//
//   command [--status=N] [--output=LINE]… [--errors=LINE]… [--says=TEXT]… [--env=NAME=VALUE]…
//           [--timeout-s=N] -- COMMAND WORD…
//
// --output and --errors: if any is given, that stream must be exactly these lines, no more and no
// less. --says: text that one of the streams must contain, each after the one before it.
#include <cstdio>
#include <format>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "images/monitors/process.h"
#include "tests/harness/boot.h"
#include "tests/harness/flags.h"

namespace {

std::string Shown(const std::vector<std::string_view>& lines) {
  std::string text;
  for (const std::string_view line : lines) text += std::format("    {}\n", line);
  return text.empty() ? "    (nothing)\n" : text;
}

void CheckLines(std::string_view stream, const std::vector<std::string>& wanted,
                std::string_view text, std::vector<std::string>& complaints) {
  if (wanted.empty()) return;
  const std::vector<std::string_view> lines = harness::Lines(text);
  const std::vector<std::string_view> expected(wanted.begin(), wanted.end());
  if (lines == expected) return;
  complaints.push_back(
      std::format("{} should have been\n{}but was\n{}", stream, Shown(expected), Shown(lines)));
}

void CheckSays(const std::vector<std::string>& wanted, std::string_view text,
               std::vector<std::string>& complaints) {
  for (const std::string& words : wanted) {
    const std::size_t found = text.find(words);
    if (found == std::string_view::npos) {
      complaints.push_back(std::format("it should have said \"{}\" (in this order)", words));
      return;
    }
    text.remove_prefix(found + words.size());
  }
}

int Main(std::span<char* const> words) {
  std::size_t split = 0;
  while (split < words.size() && std::string_view(words[split]) != "--") ++split;
  const auto flags = harness::Flags::Parse(
      words.first(split), {"status", "output", "errors", "says", "env", "timeout-s"});
  if (!flags || split + 1 >= words.size()) {
    std::fprintf(stderr, "command: %s\n", flags ? "no command after --" : flags.error().c_str());
    return 2;
  }
  const auto command = words.subspan(split + 1);
  const auto status = flags->Number("status", 0);
  const auto timeout = flags->Number("timeout-s", 60);
  if (!status || !timeout) {
    std::fprintf(stderr, "command: --status and --timeout-s are numbers\n");
    return 2;
  }
  const auto outcome = monitors::RunProcess({.arguments = {command.begin(), command.end()},
                                             .environment = flags->All("env"),
                                             .timeout_ns = *timeout * 1'000'000'000});
  if (!outcome) {
    std::fprintf(stderr, "command: %s\n", outcome.error().c_str());
    return 2;
  }
  std::vector<std::string> complaints;
  if (outcome->timed_out) complaints.push_back("it did not end");
  if (outcome->signal != 0 || outcome->exit_status != *status) {
    complaints.push_back(std::format("status {}, signal {}; wanted status {}", outcome->exit_status,
                                     outcome->signal, *status));
  }
  CheckLines("standard output", flags->All("output"), outcome->output, complaints);
  CheckLines("standard error", flags->All("errors"), outcome->errors, complaints);
  CheckSays(flags->All("says"), outcome->output + outcome->errors, complaints);
  for (const std::string& complaint : complaints) std::printf("BAD: %s\n", complaint.c_str());
  if (!complaints.empty()) {
    std::printf("---- standard output:\n%s---- standard error:\n%s", outcome->output.c_str(),
                outcome->errors.c_str());
  }
  return complaints.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
