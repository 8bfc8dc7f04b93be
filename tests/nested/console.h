// What the nested machine's init says on the serial line, and the reader of it.
#ifndef TESTS_NESTED_CONSOLE_H_
#define TESTS_NESTED_CONSOLE_H_

#include <string>
#include <string_view>
#include <vector>

namespace nested {

// Each begins a line.
inline constexpr char kCommandBegins[] = "nested-command ";
inline constexpr char kErrorsBegin[] = "nested-errors";
inline constexpr char kCommandEnded[] = "nested-status ";
inline constexpr char kCommandNeverRan[] = "nested-status none";
inline constexpr char kInitFailed[] = "nested-failed ";
inline constexpr char kAllRan[] = "nested-end";

/// How one command went inside the machine.
struct CommandResult {
  std::string command = {};
  std::string output = {};  // Its standard output, with line feeds only.
  std::string errors = {};  // Its standard error.
  int status = -1;          // 128 + n if ended by signal n; -1 if it never ran or never ended.
};

struct ConsoleResult {
  std::vector<CommandResult> commands;
  std::vector<std::string> failures;  // What init itself could not do.
  bool complete = false;              // Init came to its end.
};

ConsoleResult ReadConsole(std::string_view text);

}  // namespace nested

#endif  // TESTS_NESTED_CONSOLE_H_
