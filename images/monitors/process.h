// Runs one child process to its end: captures what it prints, stamps when each piece arrived, ends
// it when it takes too long, and accounts for its time as the parent sees it.
//
// For host tools: the launcher of appliances and the test harness.
#ifndef IMAGES_MONITORS_PROCESS_H_
#define IMAGES_MONITORS_PROCESS_H_

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace monitors {

/// A value, or one line that names the cause and, where there is one, the remedy.
template <typename T>
using Result = std::expected<T, std::string>;

/// Nanoseconds of CLOCK_MONOTONIC: the clock of every stamp in this library.
std::int64_t MonotonicNow();

enum class Stream { kOutput, kErrors };

/// See ProcessOptions::with_file.
inline constexpr int kFileDescriptor = 3;
inline constexpr std::string_view kFilePath = "/proc/self/fd/3";

struct ProcessOptions {
  std::vector<std::string> arguments = {};    // [0] is the path of the program.
  std::vector<std::string> environment = {};  // "NAME=value", added to our own environment.
  std::int64_t timeout_ns = 0;  // The child is killed when it takes longer; 0 = no limit.
  /// Read the streams while the child runs, and stamp the arrival of each piece of its output.
  /// Otherwise memory collects them until the child has ended: no reader is woken while it runs,
  /// which would take part of its time.
  bool live = false;
  /// Of a live child: called with each piece as it arrives; may be empty. False ends the child as a
  /// timeout does.
  std::function<bool(Stream, std::string_view)> on_text = {};
  /// The child finds an empty file in memory as descriptor kFileDescriptor (kFilePath names it),
  /// for a program that writes a file: no file system takes part of its time.
  bool with_file = false;
  /// The child shares our process group, so that the terminal's keys reach it, and SIGTERM and
  /// SIGHUP are passed on to it. Otherwise it leads its own group, which is killed as a whole.
  bool foreground = false;
};

/// When the text from `offset` on (of ProcessOutcome::output) arrived.
struct Arrival {
  std::size_t offset;
  std::int64_t at_ns;
};

struct ProcessOutcome {
  std::string output = {};             // Standard output.
  std::string errors = {};             // Standard error.
  std::vector<Arrival> arrivals = {};  // Of a live child's output, ascending.
  int exit_status = 0;                 // 0 to 255; meaningless if ended by a signal.
  int signal = 0;                      // 0 if the child ended by itself.
  bool timed_out = false;              // Killed by us: it took too long, or on_text said so.
  std::string file = {};               // What the child wrote into its file in memory.
  std::int64_t exec_ns = 0;            // In the child, just before it became the program.
  std::int64_t spawn_ns = 0;           // Just before the child was spawned.
  std::int64_t exit_ns = 0;            // Just after its end was seen.
  std::int64_t cpu_ns = 0;             // User and system time of the child.
  std::int64_t involuntary_switches = 0;
  std::int64_t peak_bytes = 0;  // Largest resident size.

  std::int64_t duration_ns() const { return exit_ns - spawn_ns; }

  /// When the byte of `output` at `offset` arrived; 0 if it never did.
  std::int64_t ArrivalOf(std::size_t offset) const;
};

/// The outcome of a child that was started, however it ended; an error only if it could not be.
[[nodiscard]] Result<ProcessOutcome> RunProcess(const ProcessOptions& options);

}  // namespace monitors

#endif  // IMAGES_MONITORS_PROCESS_H_
