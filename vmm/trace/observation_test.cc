#include "vmm/trace/observation.h"

#include <gtest/gtest.h>

#include "vmm/kvm/linux_kvm.h"

namespace vmm {
namespace {

// One tick is one nanosecond, and the monitor starts at 1000.
Observation Sample(const ExitLog& exits) {
  Observation observation = {.timeline = Timeline({1000, 501000}, {9000, 509000}, 1000),
                             .host = {1000, 1100, 1200, 1300},
                             .entered_directly = true,
                             .guest = abi::BootClock{{0, 1400, 1500, 1600, 1700, 1900}},
                             .ended = 2000,
                             .exits = &exits,
                             .exits_to_app_main = 1,
                             .emulated_instructions = 12,
                             .backend = "pvm",
                             .memory = {4096, 2048, 1024},
                             .process = {777, 3}};
  return observation;
}

ExitLog Exits() {
  ExitLog exits;
  exits.KeepEach();
  exits.Add({KVM_EXIT_IO, 1800, 1810});
  exits.Add({KVM_EXIT_IO, 1820, 1850});
  exits.Add({1'000'000, 1860, 1861});
  return exits;
}

TEST(Marks, AreAllThereInOrder) {
  const ExitLog exits = Exits();
  std::string names;
  std::int64_t last = 0;
  for (const Mark& mark : Marks(Sample(exits))) {
    names.append(mark.name).append(" ");
    EXPECT_GE(mark.ns, last);
    last = mark.ns;
  }
  EXPECT_EQ(names,
            "monitor_start vm_created image_loaded vcpu_run nucleus_entry ring3_entry "
            "kernel_main units_ready app_main exit ");
}

TEST(Marks, ThoseThatNeverCameAreLeftOut) {
  const ExitLog exits;
  Observation observation = Sample(exits);
  observation.entered_directly =
      false;  // Then the nucleus has an entry of its own: here it has none.
  observation.guest->tsc[static_cast<int>(abi::BootMark::kExit)] = 0;
  EXPECT_EQ(Marks(observation).size(), 8u);
  observation.guest.reset();
  EXPECT_EQ(Marks(observation).size(), 4u);
}

TEST(StatsJson, HasWhatTheArchitecturePromises) {
  const ExitLog exits = Exits();
  EXPECT_EQ(
      StatsJson(Sample(exits)),
      R"({"backend":"pvm","start_monotonic_ns":501000,"marks_ns":{"monitor_start":0,)"
      R"("vm_created":100,"image_loaded":200,"vcpu_run":300,"nucleus_entry":300,)"
      R"("ring3_entry":400,"kernel_main":500,"units_ready":600,"app_main":700,"exit":900},)"
      R"("exits":{"io":{"count":2,"ns":40},"other":{"count":1,"ns":1}},"exits_to_app_main":1,)"
      R"("memory":{"guest_bytes":4096,"touched_bytes":2048,"monitor_private_bytes":1024},)"
      R"("cpu_ns":777,"involuntary_switches":3,"insn_emulation":12,"ring0_instructions":10})"
      "\n");
}

TEST(StatsJson, ClaimsRing0InstructionsOnlyWhereTheyAreCounted) {
  const ExitLog exits = Exits();
  Observation observation = Sample(exits);
  observation.backend = "vmx";
  EXPECT_EQ(StatsJson(observation).find("ring0_instructions"), std::string::npos);
  observation.emulated_instructions.reset();
  EXPECT_EQ(StatsJson(observation).find("insn_emulation"), std::string::npos);
}

TEST(TraceJson, PutsPhasesAndExitsOnOneClock) {
  const ExitLog exits = Exits();
  const std::string trace = TraceJson(Sample(exits));
  EXPECT_TRUE(trace.starts_with(R"({"displayTimeUnit":"ns","traceEvents":[{)"));
  EXPECT_TRUE(trace.ends_with("}]}\n"));
  for (const std::string_view event :
       {R"({"name":"load image","ph":"X","pid":1,"tid":1,"ts":0.100,"dur":0.100})",
        R"({"name":"run","ph":"X","pid":1,"tid":1,"ts":0.300,"dur":0.700})",
        R"({"name":"units_ready","ph":"X","pid":1,"tid":2,"ts":0.600,"dur":0.100})",
        R"({"name":"app_main","ph":"i","s":"t","pid":1,"tid":2,"ts":0.700})",
        R"({"name":"io","ph":"X","pid":1,"tid":3,"ts":0.820,"dur":0.030})"}) {
    EXPECT_NE(trace.find(event), std::string::npos) << event << "\nin " << trace;
  }
}

TEST(ExitLog, CountsForEverAndKeepsOnlySoMany) {
  ExitLog exits;
  exits.Add({KVM_EXIT_HLT, 0, 1});
  EXPECT_TRUE(exits.kept().empty());
  exits.KeepEach();
  for (std::size_t i = 0; i < 2 * ExitLog::kMaxKept; ++i) exits.Add({KVM_EXIT_IO, i, i + 2});
  EXPECT_EQ(exits.kept().size(), ExitLog::kMaxKept);
  EXPECT_EQ(exits.counters()[KVM_EXIT_IO].count, 2 * ExitLog::kMaxKept);
  EXPECT_EQ(exits.counters()[KVM_EXIT_IO].ticks, 4 * ExitLog::kMaxKept);
  EXPECT_EQ(exits.total(), 2 * ExitLog::kMaxKept + 1);
}

}  // namespace
}  // namespace vmm
