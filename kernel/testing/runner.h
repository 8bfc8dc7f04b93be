// Running test cases inside an image: what testing.h's macros collect and main.cc starts.
#ifndef KERNEL_TESTING_RUNNER_H_
#define KERNEL_TESTING_RUNNER_H_

#include <span>
#include <string_view>

namespace kernel::testing {

/// One TEST. Made by the macro, in a section that the linker gathers.
struct TestCase {
  std::string_view name;  // "Suite.Name".
  void (*body)();
};

/// Takes one or more whole lines.
using Sink = void (*)(std::string_view lines);

/// On the command line: kTestWord + "list" prints all names; kTestWord + a name runs that one;
/// nothing runs all.
inline constexpr std::string_view kTestWord = "torito.test=";

/// Does what the arguments of main ask for; returns main's result.
///
/// 0: every case that ran passed. 1: one failed. 2: no case has that name.
int RunTests(std::span<const TestCase> cases, std::span<const char* const> arguments, Sink sink);

/// Fails the case that is running and prints `lines`. Called by the EXPECT_ macros.
void RecordFailure(std::string_view lines);

}  // namespace kernel::testing

#endif  // KERNEL_TESTING_RUNNER_H_
