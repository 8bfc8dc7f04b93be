#include "tests/harness/boot_plan.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace harness {
namespace {

Result<BootPlan> PlanOf(std::vector<std::string> words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  const Result<Flags> flags = Flags::Parse(pointers, BootFlagsAnd({}));
  if (!flags) return std::unexpected(flags.error());
  return BootPlanFrom(*flags);
}

TEST(BootPlanTest, TakesEveryChoice) {
  const Result<BootPlan> plan =
      PlanOf({"--monitor=qemu_pc", "--accelerator=tcg", "--image=a.img", "--format=img",
              "--medium=cdrom", "--firmware=qboot", "--bus=usb", "--memory=64M", "--cpus=2",
              "--timeout-s=5", "--ovmf=o", "--bad-sector=0", "--cpu=qemu32"});
  ASSERT_TRUE(plan) << plan.error();
  EXPECT_EQ(plan->machine.monitor, monitors::Monitor::kQemuPc);
  EXPECT_EQ(plan->machine.accelerator, monitors::Accelerator::kTcg);
  EXPECT_EQ(plan->machine.format, "img");
  EXPECT_EQ(plan->machine.medium, monitors::Medium::kCdrom);
  EXPECT_EQ(plan->machine.firmware, monitors::Firmware::kQboot);
  EXPECT_EQ(plan->machine.bus, monitors::Bus::kUsb);
  EXPECT_EQ(plan->machine.cpus, "2");
  EXPECT_EQ(plan->machine.bad_sector, 0u);
  EXPECT_EQ(plan->machine.cpu, "qemu32");
  EXPECT_EQ(plan->timeout_ns, 5'000'000'000);
  EXPECT_EQ(plan->tools.ovmf, "o");
}

TEST(BootPlanTest, LeavesTheRestAsItWas) {
  const Result<BootPlan> plan = PlanOf({"--image=a.elf"});
  ASSERT_TRUE(plan) << plan.error();
  EXPECT_EQ(plan->machine.monitor, monitors::Monitor::kVmm);
  EXPECT_EQ(plan->machine.format, "elf");
  EXPECT_FALSE(plan->machine.medium.has_value());
  EXPECT_EQ(plan->machine.memory, "32M");
}

TEST(BootPlanTest, NamesWhatIsWrong) {
  EXPECT_EQ(PlanOf({"--bus=isa"}).error(),
            "no bus named \"isa\"; known: ide, virtio, usb, scsi, floppy");
  EXPECT_EQ(PlanOf({"--timeout-s=x"}).error(), "--timeout-s=x: not a number");
}

}  // namespace
}  // namespace harness
