// One boot: starts the monitor, follows it to its end, and judges what it showed.
#ifndef TESTS_HARNESS_BOOT_H_
#define TESTS_HARNESS_BOOT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "images/monitors/machine.h"
#include "images/monitors/outcome.h"
#include "images/monitors/process.h"
#include "tests/harness/marks.h"
#include "tests/json/json.h"

namespace harness {

/// What a good boot shows.
struct Expectation {
  std::vector<std::string> lines = {};  // Each a whole line of the console, in this order.
  int status = 0;                       // Exit status of the architecture.
};

/// How to boot.
struct BootPlan {
  monitors::Machine machine;
  monitors::Tools tools;
  std::int64_t timeout_ns = 30'000'000'000;
  bool marks = false;  // Ask for the boot marks.
};

/// What happened. With complaints the boot was bad, and each says why in one line.
struct BootRecord {
  monitors::ProcessOutcome process;
  monitors::Verdict verdict = {};
  Marks marks = {};        // Empty unless asked for.
  json::Value stats = {};  // Of our monitor, if marks were asked for; else null.
  std::vector<std::string> complaints = {};
};

/// The lines of `text`, without line ends and without a terminal's control sequences at their
/// front; a last line without an end counts too.
std::vector<std::string_view> Lines(std::string_view text);

/// What is wrong with a console and an end; empty if nothing is.
std::vector<std::string> Judge(const Expectation& expectation, std::string_view console,
                               const monitors::Verdict& verdict);

/// Boots once. An error only if the monitor could not be started at all.
[[nodiscard]] Result<BootRecord> BootOnce(const BootPlan& plan, const Expectation& expectation,
                                          const TickRate& rate);

/// The counts of one boot whose instructions are counted under QEMU (see Machine).
struct InstructionCount {
  std::int64_t to_app_main;  // From the image's first instruction.
  std::int64_t ring0;        // Of them in ring 0, before ring 3 was entered.
};
[[nodiscard]] Result<InstructionCount> CountInstructions(BootPlan plan,
                                                         const Expectation& expectation);

/// The whole of a file, or why it cannot be read.
[[nodiscard]] Result<std::string> ReadFile(const std::string& path);

}  // namespace harness

#endif  // TESTS_HARNESS_BOOT_H_
