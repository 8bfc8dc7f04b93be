// How a boot ended, in one language for every monitor: the exit status of the architecture.
//
// For host tools: the launcher of appliances, the test harness and the boot benchmark.
#ifndef IMAGES_MONITORS_OUTCOME_H_
#define IMAGES_MONITORS_OUTCOME_H_

#include <string>
#include <string_view>

#include "images/monitors/machine.h"
#include "images/monitors/process.h"

namespace monitors {

/// The exit statuses that users rely on; kEndedWith + n: the guest ended with n, 1 to 63.
inline constexpr int kEndedWell = 0;
inline constexpr int kBadConfiguration = 1;
inline constexpr int kGuestFault = 2;
inline constexpr int kHostFault = 3;
inline constexpr int kEndedWith = 64;

/// An exit status of the architecture, and, unless the guest ended by itself, why: one line.
struct Verdict {
  int status = 0;
  std::string reason = {};
};

/// Reads how the monitor's process ended. QEMU's own numbers are translated; our monitor's stand.
Verdict Judge(const Machine& machine, const ProcessOutcome& outcome);

/// QEMU stops for good when KVM cannot go on, instead of ending: true for the text with which it
/// says so on standard error.
bool SaysStopped(std::string_view errors);

}  // namespace monitors

#endif  // IMAGES_MONITORS_OUTCOME_H_
