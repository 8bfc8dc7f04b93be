#include "images/monitors/outcome.h"

#include <format>

#include "kernel/abi/ports.h"

namespace monitors {
namespace {

constexpr int kQemuFailed = 1;

std::string_view LastLine(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const auto newline = text.rfind('\n');
  return newline == std::string_view::npos ? text : text.substr(newline + 1);
}

// isa-debug-exit ends QEMU with 2 * value + 1 (kernel/abi/ports.h).
Verdict JudgeQemu(const ProcessOutcome& outcome) {
  if (outcome.exit_status == 0) {
    return {kGuestFault, "the machine was reset or switched off before the image ended"};
  }
  if (outcome.exit_status == kQemuFailed || outcome.exit_status % 2 == 0) {
    return {kHostFault, std::format("QEMU failed: {}", LastLine(outcome.errors))};
  }
  const int value = (outcome.exit_status - 1) / 2;
  if (value == ABI_EXIT_FAULT) {
    return {kGuestFault, "the image ended by a fault; its report stands above"};
  }
  if (value == ABI_EXIT_NUCLEUS_FAULT) {
    return {kGuestFault, "a fault in ring 0 or inside the fault handler; there is no report"};
  }
  if (value == ABI_EXIT_LOADER) {
    return {kGuestFault, "the bootloader could not start the image; it says why above"};
  }
  const int result = value - ABI_EXIT_STATUS_BASE;
  if (result < 0 || result > ABI_EXIT_STATUS_MAX) {
    return {kGuestFault, std::format("the image wrote {:#x} to the exit port", value)};
  }
  return {result == 0 ? kEndedWell : kEndedWith + result, ""};
}

}  // namespace

bool SaysStopped(std::string_view errors) {
  return errors.contains("KVM internal error") || errors.contains("kvm run failed");
}

Verdict Judge(const Machine& machine, const ProcessOutcome& outcome) {
  if (machine.is_qemu() && SaysStopped(outcome.errors)) {
    return {kGuestFault, "KVM could not go on (QEMU's report stands above)"};
  }
  if (outcome.timed_out) {
    return {kHostFault, std::format("still running after {} ms: ended by force",
                                    outcome.duration_ns() / 1'000'000)};
  }
  if (outcome.signal != 0) {
    return {kHostFault,
            std::format("{} was ended by signal {}", NameOf(machine.monitor), outcome.signal)};
  }
  if (machine.is_qemu()) return JudgeQemu(outcome);
  const int status = outcome.exit_status;
  return {status, status >= 1 && status <= 3 ? std::string(LastLine(outcome.errors)) : ""};
}

}  // namespace monitors
