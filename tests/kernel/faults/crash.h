// The crash line of an image, read strictly: what kernel/abi/crash_line.h promises must be there,
// in its form, and nothing else.
#ifndef TESTS_KERNEL_FAULTS_CRASH_H_
#define TESTS_KERNEL_FAULTS_CRASH_H_

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace faults {

struct Crash {
  std::string kind;     // "fault" or "check"
  std::string message;  // Of a failed CHECK.
  std::uint64_t vector = 0;
  std::uint64_t error = 0;
  std::uint64_t address = 0;  // Of a page fault.
  std::uint64_t rip = 0;
  std::uint64_t rsp = 0;
  std::map<std::string, std::uint64_t> registers;
  std::vector<std::uint64_t> backtrace;
};

/// Reads the one crash line of a console's text. An error says what is wrong; two lines are wrong.
[[nodiscard]] std::expected<Crash, std::string> CrashFromConsole(std::string_view console);

}  // namespace faults

#endif  // TESTS_KERNEL_FAULTS_CRASH_H_
