#include "images/monitors/machine.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace monitors {
namespace {

const Tools kTools = {.vmm = "bin/vmm", .qemu = "qemu"};

bool Has(const std::vector<std::string>& line, std::string_view word) {
  return std::ranges::find(line, word) != line.end();
}

std::string After(const std::vector<std::string>& line, std::string_view flag) {
  const auto found = std::ranges::find(line, flag);
  return found == line.end() || found + 1 == line.end() ? "" : *(found + 1);
}

TEST(MachineTest, NamesGoBothWays) {
  for (const std::string_view name : {"vmm", "qemu_microvm", "qemu_q35"}) {
    ASSERT_TRUE(MonitorFromName(name).has_value());
    EXPECT_EQ(NameOf(*MonitorFromName(name)), name);
  }
  EXPECT_EQ(AcceleratorFromName("kvm"), Accelerator::kKvm);
  EXPECT_EQ(AcceleratorFromName("tcg"), Accelerator::kTcg);
  EXPECT_EQ(AcceleratorFromName("hvf").error(), "no accelerator named \"hvf\"; known: kvm, tcg");
}

TEST(MachineTest, OurMonitor) {
  const auto line = CommandLine(
      {.image = "a.elf", .memory = "64M", .command_line = "x y", .vmm_flags = {"--quiet"}}, kTools);
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(*line, (std::vector<std::string>{"bin/vmm", "run", "a.elf", "--memory=64M", "--cpus=1",
                                             "--cmdline=x y", "--quiet"}));
  EXPECT_FALSE(CommandLine({.accelerator = Accelerator::kTcg}, kTools).has_value());
}

TEST(MachineTest, QemuMachinesDiffer) {
  const auto microvm = CommandLine(
      {.monitor = Monitor::kQemuMicrovm, .accelerator = Accelerator::kTcg, .image = "a.elf"},
      kTools);
  const auto q35 = CommandLine({.monitor = Monitor::kQemuQ35, .image = "a.elf"}, kTools);
  ASSERT_TRUE(microvm.has_value() && q35.has_value());
  EXPECT_TRUE(After(*microvm, "-M").starts_with("microvm"));
  EXPECT_EQ(After(*q35, "-M"), "q35");
  EXPECT_EQ(After(*microvm, "-accel"), "tcg");
  EXPECT_EQ(After(*q35, "-accel"), "kvm");
  EXPECT_EQ(After(*q35, "-kernel"), "a.elf");
  EXPECT_FALSE(Has(*microvm, "-icount"));
}

TEST(MachineTest, CountingNeedsTcg) {
  Machine machine = {.monitor = Monitor::kQemuMicrovm, .count_instructions = true};
  EXPECT_FALSE(CommandLine(machine, kTools).has_value());
  machine.accelerator = Accelerator::kTcg;
  const auto line = CommandLine(machine, kTools);
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(After(*line, "-icount"), "shift=0,sleep=off");
}

TEST(MachineTest, KvmThatIsNotThereOrNotKvm) {
  EXPECT_EQ(KvmUsable("/nonexistent/kvm").error(),
            "/nonexistent/kvm: No such file or directory; load the kernel module kvm_intel or "
            "kvm_amd");
  EXPECT_TRUE(KvmUsable("/dev/null").error().starts_with("/dev/null: not a KVM device"));
}

}  // namespace
}  // namespace monitors
