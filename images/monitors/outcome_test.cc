#include "images/monitors/outcome.h"

#include <gtest/gtest.h>

#include "kernel/abi/ports.h"

namespace monitors {
namespace {

Machine Qemu() { return {.monitor = Monitor::kQemuMicrovm, .accelerator = Accelerator::kTcg}; }

ProcessOutcome WroteToExitPort(int value) { return {.exit_status = 2 * value + 1}; }

TEST(OutcomeTest, QemuStatusOfAnImageThatEndedByItself) {
  EXPECT_EQ(Judge(Qemu(), WroteToExitPort(ABI_EXIT_STATUS_BASE)).status, 0);
  EXPECT_EQ(Judge(Qemu(), WroteToExitPort(ABI_EXIT_STATUS_BASE + 1)).status, 65);
  EXPECT_EQ(Judge(Qemu(), WroteToExitPort(ABI_EXIT_STATUS_BASE + 63)).status, 127);
  EXPECT_TRUE(Judge(Qemu(), WroteToExitPort(ABI_EXIT_STATUS_BASE)).reason.empty());
}

TEST(OutcomeTest, QemuStatusOfAFault) {
  EXPECT_EQ(Judge(Qemu(), WroteToExitPort(ABI_EXIT_FAULT)).status, kGuestFault);
  const Verdict nucleus = Judge(Qemu(), WroteToExitPort(ABI_EXIT_NUCLEUS_FAULT));
  EXPECT_EQ(nucleus.status, kGuestFault);
  EXPECT_TRUE(nucleus.reason.contains("ring 0"));
  // No image writes these.
  EXPECT_EQ(Judge(Qemu(), WroteToExitPort(ABI_EXIT_STATUS_BASE - 1)).status, kGuestFault);
  EXPECT_EQ(Judge(Qemu(), WroteToExitPort(ABI_EXIT_LOADER + 1)).status, kGuestFault);
}

TEST(OutcomeTest, ALoaderThatGaveUp) {
  const Verdict verdict = Judge(Qemu(), WroteToExitPort(ABI_EXIT_LOADER));
  EXPECT_EQ(verdict.status, kGuestFault);
  EXPECT_TRUE(verdict.reason.contains("bootloader"));
}

TEST(OutcomeTest, ATripleFaultIsNoGoodEnd) {
  EXPECT_EQ(Judge(Qemu(), {.exit_status = 0}).status, kGuestFault);
}

TEST(OutcomeTest, QemusOwnFailureIsTheHosts) {
  const Verdict verdict = Judge(Qemu(), {.errors = "warning: x\nno such bios\n", .exit_status = 1});
  EXPECT_EQ(verdict.status, kHostFault);
  EXPECT_EQ(verdict.reason, "QEMU failed: no such bios");
  EXPECT_EQ(Judge(Qemu(), {.signal = 11}).status, kHostFault);
  EXPECT_EQ(Judge(Qemu(), {.signal = 9, .timed_out = true}).status, kHostFault);
}

TEST(OutcomeTest, AStoppedKvmIsAGuestFault) {
  const ProcessOutcome outcome = {
      .errors = "KVM internal error. Suberror: 1\n", .signal = 9, .timed_out = true};
  EXPECT_EQ(Judge(Qemu(), outcome).status, kGuestFault);
}

TEST(OutcomeTest, OurMonitorsStatusStands) {
  for (const int status : {0, 1, 2, 3, 64, 127}) {
    EXPECT_EQ(Judge(Machine{}, {.exit_status = status}).status, status);
  }
  EXPECT_EQ(Judge(Machine{}, {.errors = "vmm: no image\n", .exit_status = 1}).reason,
            "vmm: no image");
}

}  // namespace
}  // namespace monitors
