// CHECK: ends the image when we ourselves did something wrong. It stays in every build.
#ifndef KERNEL_BASE_CHECK_H_
#define KERNEL_BASE_CHECK_H_

#include <string_view>

namespace kernel {

/// Where a failed CHECK goes. `message` is a literal, "file:line: condition". Must not return.
using CheckHandler = void (*)(std::string_view message);

/// Called once, by whoever owns the crash path; without a handler a failed CHECK traps.
void SetCheckHandler(CheckHandler handler);

/// Ends the image through the handler. Called by CHECK; call it where there is no condition to
/// name.
[[noreturn, gnu::cold]] void CheckFailed(std::string_view message);

}  // namespace kernel

#define KERNEL_CHECK_TEXT_(text) #text
#define KERNEL_CHECK_LINE_(line) KERNEL_CHECK_TEXT_(line)

/// Ends the image when `condition` is false. For what only our own mistake can bring about.
#define CHECK(condition)                                                                          \
  do {                                                                                            \
    if (!(condition)) [[unlikely]] {                                                              \
      ::kernel::CheckFailed(__FILE__ ":" KERNEL_CHECK_LINE_(__LINE__) ": CHECK(" #condition ")"); \
    }                                                                                             \
  } while (false)

#endif  // KERNEL_BASE_CHECK_H_
