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
  for (const std::string_view name : {"vmm", "qemu_microvm", "qemu_q35", "qemu_pc", "qemu_ovmf"}) {
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

TEST(MachineTest, FormatsDecideMediumAndFirmware) {
  Machine machine = {.monitor = Monitor::kQemuPc, .image = "a.img", .format = "img"};
  EXPECT_EQ(EffectiveMedium(machine), Medium::kDisk);
  EXPECT_EQ(EffectiveFirmware(machine), Firmware::kSeabios);
  const auto disk = CommandLine(machine, kTools);
  ASSERT_TRUE(disk.has_value());
  EXPECT_EQ(After(*disk, "-drive"), "if=none,id=image,format=raw,snapshot=on,file=a.img");
  EXPECT_TRUE(Has(*disk, "ide-hd,drive=image,bootindex=0"));
  EXPECT_FALSE(Has(*disk, "-kernel"));

  machine.format = "iso";
  machine.bus = Bus::kScsi;
  const auto cd = CommandLine(machine, kTools);
  ASSERT_TRUE(cd.has_value());
  EXPECT_TRUE(Has(*cd, "scsi-cd,drive=image,bootindex=0"));

  machine.medium = Medium::kDisk;
  machine.monitor = Monitor::kQemuOvmf;
  EXPECT_EQ(EffectiveFirmware(machine), Firmware::kOvmf);
  const auto ovmf = CommandLine(machine, {.vmm = "vmm", .qemu = "qemu", .ovmf = "ovmf"});
  ASSERT_TRUE(ovmf.has_value());
  EXPECT_TRUE(After(*ovmf, "-drive").contains("file=ovmf/usr/share/OVMF/OVMF_CODE_4M.fd"));
  EXPECT_TRUE(Has(*ovmf, "scsi-hd,drive=image,bootindex=0"));
}

TEST(MachineTest, ADiskMayFailToRead) {
  const Machine machine = {.monitor = Monitor::kQemuPc,
                           .image = "a.img",
                           .format = "img",
                           .bus = Bus::kFloppy,
                           .bad_sector = 7,
                           .cpu = "qemu32"};
  const auto disk = CommandLine(machine, kTools);
  ASSERT_TRUE(disk.has_value());
  EXPECT_TRUE(After(*disk, "-drive").contains("file.driver=blkdebug"));
  EXPECT_TRUE(After(*disk, "-drive").contains("file.image.filename=a.img"));
  EXPECT_TRUE(After(*disk, "-drive").ends_with("sector=7"));
  EXPECT_TRUE(Has(*disk, "floppy,drive=image,drive-type=144"));
  EXPECT_EQ(After(*disk, "-cpu"), "qemu32");
}

TEST(MachineTest, AnEfiProgramIsGivenToOvmfWithItsWords) {
  Machine machine = {.monitor = Monitor::kQemuOvmf,
                     .image = "a.efi",
                     .format = "efi",
                     .memory = "4M",
                     .command_line = "x"};
  const auto small = CommandLine(machine, kTools);
  ASSERT_TRUE(small.has_value());
  EXPECT_EQ(After(*small, "-kernel"), "a.efi");
  EXPECT_EQ(After(*small, "-append"), "x");
  // Its loader has something to say where the image has not begun.
  EXPECT_EQ(After(*small, "-serial"), "chardev:console");
  // Less than OVMF itself needs.
  EXPECT_EQ(After(*small, "-m"), "64M");
  machine.memory = "65M";
  EXPECT_EQ(After(*CommandLine(machine, kTools), "-m"), "65M");
  machine.memory = "1G";
  EXPECT_EQ(After(*CommandLine(machine, kTools), "-m"), "1G");
}

TEST(MachineTest, ADiskHasItsCommandLineInside) {
  const auto line = CommandLine(
      {.monitor = Monitor::kQemuPc, .image = "a.img", .format = "img", .command_line = "x"},
      kTools);
  ASSERT_FALSE(line.has_value());
  EXPECT_EQ(line.error(), "a img has its command line inside: none can be added when it boots");
}

TEST(MachineTest, FilesComeWithAKernelOfQemusOnly) {
  Machine machine = {.monitor = Monitor::kQemuPc, .image = "a.multiboot", .format = "multiboot"};
  EXPECT_FALSE(Has(*CommandLine(machine, kTools), "-initrd"));
  machine.initrd = "b.txt words,c.txt";
  EXPECT_EQ(After(*CommandLine(machine, kTools), "-initrd"), "b.txt words,c.txt");
  machine.format = "img";
  EXPECT_FALSE(CommandLine(machine, kTools).has_value());
  machine = {.image = "a.elf", .initrd = "b.txt"};
  EXPECT_FALSE(CommandLine(machine, kTools).has_value());
}

TEST(MachineTest, OurMonitorBootsElfFilesOnly) {
  EXPECT_EQ(CommandLine({.image = "a.iso", .format = "iso"}, kTools).error(),
            "our monitor boots ELF files, not the format iso");
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
