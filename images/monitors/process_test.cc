#include "images/monitors/process.h"

#include <gtest/gtest.h>

namespace monitors {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

ProcessOutcome Shell(const std::string& script, ProcessOptions options = {}) {
  options.arguments = {"/bin/sh", "-c", script};
  Result<ProcessOutcome> outcome = RunProcess(options);
  EXPECT_TRUE(outcome.has_value()) << outcome.error();
  return outcome.value_or(ProcessOutcome{});
}

TEST(ProcessTest, KeepsTheStreamsApartAndTheStatus) {
  const ProcessOutcome outcome = Shell("echo out; echo err >&2; exit 7");
  EXPECT_EQ(outcome.output, "out\n");
  EXPECT_EQ(outcome.errors, "err\n");
  EXPECT_EQ(outcome.exit_status, 7);
  EXPECT_EQ(outcome.signal, 0);
  EXPECT_FALSE(outcome.timed_out);
  EXPECT_GT(outcome.duration_ns(), 0);
  EXPECT_GT(outcome.peak_bytes, 0);
}

TEST(ProcessTest, StampsEachPiece) {
  const ProcessOutcome outcome = Shell("echo a; sleep 0.05; echo b", {.live = true});
  ASSERT_EQ(outcome.output, "a\nb\n");
  EXPECT_GE(outcome.ArrivalOf(2) - outcome.ArrivalOf(0), 40 * kMillisecond);
  EXPECT_GE(outcome.ArrivalOf(0), outcome.spawn_ns);
  EXPECT_LE(outcome.ArrivalOf(3), outcome.exit_ns);
  EXPECT_EQ(outcome.ArrivalOf(4), 0);
}

TEST(ProcessTest, KillsAHangingFamily) {
  const ProcessOutcome outcome =
      Shell("sleep 60 & echo here; wait", {.timeout_ns = 100 * kMillisecond});
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.signal, 9);
  EXPECT_EQ(outcome.output, "here\n");
  EXPECT_LT(outcome.duration_ns(), 10'000 * kMillisecond);
}

TEST(ProcessTest, TellsASignal) { EXPECT_EQ(Shell("kill -SEGV $$").signal, 11); }

TEST(ProcessTest, TakesLargeOutput) {
  for (const bool live : {false, true}) {
    const ProcessOutcome outcome = Shell("head -c 1000000 /dev/zero", {.live = live});
    EXPECT_EQ(outcome.output.size(), 1'000'000u);
  }
}

TEST(ProcessTest, ALateGrandchildIsNotWaitedFor) {
  for (const bool live : {false, true}) {
    const ProcessOutcome outcome = Shell("sleep 5 & echo done", {.live = live});
    EXPECT_EQ(outcome.output, "done\n");
    EXPECT_LT(outcome.duration_ns(), 4'000 * kMillisecond);
  }
}

TEST(ProcessTest, TheListenerMayEndTheChild) {
  std::string seen;
  ProcessOptions options;
  options.live = true;
  options.on_text = [&](Stream stream, std::string_view text) {
    if (stream == Stream::kErrors) seen += text;
    return seen.empty();
  };
  EXPECT_TRUE(Shell("echo stop >&2; sleep 60", options).timed_out);
  EXPECT_EQ(seen, "stop\n");
}

TEST(ProcessTest, StampsTheExec) {
  const ProcessOutcome outcome = Shell(":");
  EXPECT_GE(outcome.exec_ns, outcome.spawn_ns);
  EXPECT_LT(outcome.exec_ns, outcome.exit_ns);
}

TEST(ProcessTest, GivesAFileInMemory) {
  const ProcessOutcome outcome =
      Shell("echo out; echo written > " + std::string(kFilePath), {.with_file = true});
  EXPECT_EQ(outcome.output, "out\n");
  EXPECT_EQ(outcome.file, "written\n");
}

TEST(ProcessTest, LeavesNoDescriptorOpen) {
  const std::string first = Shell("ls /proc/self/fd | wc -l").output;
  EXPECT_EQ(Shell("ls /proc/self/fd | wc -l").output, first);
}

TEST(ProcessTest, AddsToTheEnvironment) {
  EXPECT_EQ(Shell("echo $COLOUR", {.environment = {"COLOUR=blue"}}).output, "blue\n");
}

TEST(ProcessTest, NamesAProgramThatIsNotThere) {
  const auto outcome = RunProcess({.arguments = {"/nonexistent/program"}});
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error(), "cannot start /nonexistent/program: No such file or directory");
}

}  // namespace
}  // namespace monitors
