// The machine-readable line of a crash report, found in a console's text and read.
//
// Source: kernel/abi/crash_line.h. For the monitor, the launcher of appliances and the test
// harness.
#ifndef VMM_CRASH_CRASH_LINE_H_
#define VMM_CRASH_CRASH_LINE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vmm/base/result.h"

namespace vmm {

struct CrashReport {
  std::string kind;     // "fault" or "check".
  std::string message;  // Of a check.
  std::uint64_t vector = 0;
  std::uint64_t error = 0;
  std::uint64_t address = 0;  // What a page fault touched.
  std::uint64_t rip = 0;
  std::uint64_t rsp = 0;
  std::vector<std::pair<std::string, std::uint64_t>> registers;  // In the line's order.
  std::vector<std::uint64_t> backtrace;                          // rip, then return addresses.
};

/// Reads one line that begins with abi::kCrashPrefix; a newline at its end is ignored, and so are
/// members that a later image may add. kGuestFault if it is malformed: it comes from the image.
[[nodiscard]] Result<CrashReport> ParseCrashLine(std::string_view line);

/// The last complete crash line in `console`, with its prefix; empty if there is none.
std::string_view FindCrashLine(std::string_view console);

/// Keeps the crash line of a text that comes in pieces, and nothing else of it.
class CrashLineCatcher {
 public:
  void Look(std::string_view piece);

  /// The last complete crash line with its prefix; empty if there was none.
  std::string_view line() const { return complete_; }

 private:
  // A longer line is no report of ours: it would only fill our memory.
  static constexpr std::size_t kMaxLine = 16384;

  std::string current_;    // The current line as long as it may become a crash line.
  bool skipping_ = false;  // To the end of a line that will not.
  std::string complete_;
};

}  // namespace vmm

#endif  // VMM_CRASH_CRASH_LINE_H_
