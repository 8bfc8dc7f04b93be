#include "tests/ladder/rungs.h"

#include <gtest/gtest.h>

#include <set>

namespace ladder {
namespace {

TEST(RungsTest, FullNamesAreUnique) {
  std::set<std::string> names;
  for (const Rung& rung : AllRungs()) EXPECT_TRUE(names.insert(rung.full_name()).second);
  EXPECT_TRUE(names.contains("microvm_kvm"));
  EXPECT_TRUE(names.contains("microvm_tcg"));
  EXPECT_FALSE(names.contains("vmm_tcg"));
}

TEST(RungsTest, EachHasACommandLine) {
  for (const Rung& rung : AllRungs()) {
    const auto line = monitors::CommandLine(rung.MachineOf("image"), {});
    EXPECT_TRUE(line.has_value()) << rung.full_name() << ": " << line.error();
  }
}

TEST(RungsTest, MachinesAreWhatTheNamesSay) {
  for (const Rung& rung : AllRungs()) {
    const monitors::Machine machine = rung.MachineOf("image");
    if (rung.name == "img") {
      EXPECT_EQ(monitors::EffectiveMedium(machine), monitors::Medium::kDisk);
      EXPECT_EQ(monitors::EffectiveFirmware(machine), monitors::Firmware::kSeabios);
    }
    if (rung.name == "iso_uefi") {
      EXPECT_EQ(monitors::EffectiveMedium(machine), monitors::Medium::kCdrom);
      EXPECT_EQ(monitors::EffectiveFirmware(machine), monitors::Firmware::kOvmf);
    }
    if (rung.name == "vmm_pvh") {
      EXPECT_EQ(machine.vmm_flags, std::vector<std::string>{"--boot=pvh"});
    }
    if (rung.name == "empty") EXPECT_EQ(machine.format, "elf");
  }
}

TEST(SelectTest, WithoutNamesAllButTheExtraOnes) {
  const std::vector<Rung> all = AllRungs();
  const auto selected = Select(all, "");
  ASSERT_TRUE(selected.has_value());
  EXPECT_EQ(selected->size(), all.size() - 1);
  for (const Rung& rung : *selected) EXPECT_NE(rung.name, "empty");
}

TEST(SelectTest, ByNameOrFullNameInTheTablesOrder) {
  const std::vector<Rung> all = AllRungs();
  const auto selected = Select(all, "raw_kvm,empty,microvm,microvm_tcg");
  ASSERT_TRUE(selected.has_value());
  std::string names;
  for (const Rung& rung : *selected) names += rung.full_name() + " ";
  EXPECT_EQ(names, "empty_kvm microvm_kvm raw_kvm microvm_tcg ");
}

TEST(SelectTest, SaysWhatIsUnknown) {
  const std::vector<Rung> all = AllRungs();
  const auto selected = Select(all, "microvm,floppy");
  ASSERT_FALSE(selected.has_value());
  EXPECT_TRUE(selected.error().starts_with("no rung named \"floppy\"; known: vmm_kvm "));
  EXPECT_FALSE(Select(all, "microvm,").has_value());
}

}  // namespace
}  // namespace ladder
