#include "boot/multiboot/multiboot.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "boot/common/handoff_builder.h"
#include "boot/common/test_memory.h"
#include "gtest/gtest.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/multiboot.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

namespace multiboot = abi::multiboot;
using Kind = abi::MemoryRange::Kind;

constexpr std::size_t kMemorySize = 0x40000;
constexpr std::uint32_t kInfo = 0x1000;
constexpr std::uint32_t kMap = 0x2000;
constexpr std::uint32_t kText = 0x4000;
constexpr std::uint32_t kLoaderName = 0x4800;
constexpr std::uint32_t kModules = 0x5000;
constexpr std::uint32_t kModuleText = 0x5800;
constexpr std::uint32_t kFile = 0x6000;

class FromMultibootTest : public testing::Test {
 protected:
  FromMultibootTest() : memory_(kMemorySize) {
    info_.flags = multiboot::kHasMap | multiboot::kHasCommandLine | multiboot::kHasLoaderName;
    AddEntry(0, 0x9fc00, 1);
    AddEntry(0x100000, 0x1f00000, 1);
    info_.map = kMap;
    memory_.PutText(kText, "/boot/hello.multiboot one two");
    info_.command_line = kText;
    memory_.PutText(kLoaderName, "qemu");
    info_.loader_name = kLoaderName;
    info_.modules = kModules;
  }

  /// An entry of `entry_size` bytes, of which the first four are not counted.
  void AddEntry(std::uint64_t base, std::uint64_t bytes, std::uint32_t type,
                std::uint32_t entry_size = 20) {
    memory_.Put(kMap + info_.map_size, multiboot::MapEntry{entry_size, base, bytes, type});
    info_.map_size += 4 + entry_size;
  }

  void AddModule(std::uint32_t begin, std::uint32_t end, std::uint32_t text = 0) {
    info_.flags |= multiboot::kHasModules;
    memory_.Put(kModules + info_.module_count++ * sizeof(multiboot::Module),
                multiboot::Module{begin, end, text, 0});
  }

  Result<abi::BootHandoff> Translate() {
    memory_.Put(kInfo, info_);
    return FromMultiboot(memory_.view(), PhysAddr(kInfo));
  }

  /// The text at an address that a handoff names.
  std::string TextAt(std::uint64_t address) const {
    const auto bytes = memory_.view().ReadableFrom(PhysAddr(address));
    const auto* const text = bytes.empty() ? reinterpret_cast<const char*>(address)
                                           : reinterpret_cast<const char*>(bytes.data());
    return text;
  }

  std::string CommandLineFrom(std::string_view loader, std::string_view line) {
    memory_.PutText(kLoaderName, std::string(loader) + '\0');
    memory_.PutText(kText, std::string(line) + '\0');
    const Result<abi::BootHandoff> handoff = Translate();
    return handoff ? TextAt(handoff->command_line) : "none";
  }

  TestMemory memory_;
  multiboot::Info info_ = {};
};

TEST_F(FromMultibootTest, TakesMapAndCommandLine) {
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_TRUE(IsSound(*handoff));
  EXPECT_EQ(handoff->protocol, std::uint32_t{ABI_BOOT_MULTIBOOT});
  ASSERT_EQ(handoff->range_count, 2u);
  EXPECT_EQ(handoff->ranges[1].base, 0x100000u);
  EXPECT_EQ(handoff->ranges[1].size, 0x1f00000u);
  EXPECT_EQ(TextAt(handoff->command_line), "one two");
  EXPECT_EQ(handoff->rsdp, 0u);
  EXPECT_EQ(handoff->module_count, 0u);
}

TEST_F(FromMultibootTest, TheFilesNameIsNoWordOfTheCommandLine) {
  EXPECT_EQ(CommandLineFrom("qemu", "/hello  one two"), "one two");
  EXPECT_EQ(CommandLineFrom("qemu", "/hello"), "");
  EXPECT_EQ(CommandLineFrom("qemu", "/hello "), "");
  EXPECT_EQ(CommandLineFrom("qemu", ""), "");
  EXPECT_EQ(CommandLineFrom("GRUB 0.97", "/hello one"), "one");
  EXPECT_EQ(CommandLineFrom("GRUB 2.06-13+deb12u2", "one two"), "one two");
  EXPECT_EQ(CommandLineFrom("GRUB 2.06-13+deb12u2", ""), "");
  EXPECT_EQ(CommandLineFrom("Limine 8.0", "one two"), "one two");
}

TEST_F(FromMultibootTest, ALoaderWithoutANameIsAnOldOne) {
  info_.flags &= ~multiboot::kHasLoaderName;
  EXPECT_EQ(CommandLineFrom("GRUB 2.06", "/hello one"), "one");
  info_.flags |= multiboot::kHasLoaderName;
  info_.loader_name = kMemorySize;
  EXPECT_EQ(CommandLineFrom("GRUB 2.06", "/hello one"), "one");
}

TEST_F(FromMultibootTest, ALoaderNeedNotGiveACommandLine) {
  info_.flags &= ~multiboot::kHasCommandLine;
  info_.command_line = kMemorySize;
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_EQ(TextAt(handoff->command_line), "");
}

TEST_F(FromMultibootTest, ACommandLineMayHaveAlmost64KiBAndNoMore) {
  const std::string longest = "f " + std::string(kMaxCommandLine.count() - 1, 'x');
  memory_.PutText(0x8000, longest);
  info_.command_line = 0x8000;
  ASSERT_TRUE(Translate());
  EXPECT_EQ(TextAt(Translate()->command_line), longest.substr(2));
  memory_.PutText(0x8000, longest + "x");
  EXPECT_EQ(Translate().error(), Error::kMalformed);
  memory_.PutText(0x8000, std::string(kMemorySize - 0x8001, 'x'));
  memory_.Put(kMemorySize - 1, 'x');
  EXPECT_EQ(Translate().error(), Error::kOutOfRange);
}

TEST_F(FromMultibootTest, TakesTheTwoSizesWhereThereIsNoMap) {
  info_.flags &= ~multiboot::kHasMap;
  info_.flags |= multiboot::kHasMemory;
  info_.memory_lower = 639;
  info_.memory_upper = 3072;
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  ASSERT_EQ(handoff->range_count, 2u);
  EXPECT_EQ(handoff->ranges[0].size, 639u * 1024);
  EXPECT_EQ(handoff->ranges[1].base, 0x100000u);
  EXPECT_EQ(handoff->ranges[1].size, 3072u * 1024);
  EXPECT_EQ(handoff->ranges[1].kind, Kind::kUsable);
}

TEST_F(FromMultibootTest, PrefersTheMapToTheTwoSizes) {
  info_.flags |= multiboot::kHasMemory;
  info_.memory_upper = 1;
  EXPECT_EQ(Translate()->ranges[1].size, 0x1f00000u);
}

TEST_F(FromMultibootTest, RefusesALoaderThatDoesNotSayWhereRamIs) {
  info_.flags &= ~multiboot::kHasMap;
  EXPECT_EQ(Translate().error(), Error::kNotFound);
  info_.flags |= multiboot::kHasMemory;
  EXPECT_EQ(Translate().error(), Error::kMalformed) << "Two sizes of 0.";
}

TEST_F(FromMultibootTest, TakesAMapInAnyOrderWithOverlapsAndEmptyEntries) {
  info_.map_size = 0;
  AddEntry(0x100000, 0x300000, 1);
  AddEntry(0x200000, 0x1000, 3);
  AddEntry(0x50000, 0, 1);
  AddEntry(0, 0x9f000, 1);
  AddEntry(0x180000, 0x100000, 1);
  AddEntry(0x3ff000, 0x1000, 0xdeadbeef);
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_TRUE(IsSound(*handoff));
  ASSERT_EQ(handoff->range_count, 5u);
  EXPECT_EQ(handoff->ranges[2].base, 0x200000u);
  EXPECT_EQ(handoff->ranges[2].kind, Kind::kAcpi);
  EXPECT_EQ(handoff->ranges[4].kind, Kind::kReserved);
}

TEST_F(FromMultibootTest, StepsOverWhatALaterVersionAddsToEntries) {
  info_.map_size = 0;
  AddEntry(0, 0x9f000, 1, 24);
  AddEntry(0x100000, 0x300000, 1, 24);
  ASSERT_TRUE(Translate());
  EXPECT_EQ(Translate()->ranges[1].base, 0x100000u);
}

TEST_F(FromMultibootTest, RefusesEntriesThatAreTooSmall) {
  for (const std::uint32_t size : {0u, 1u, 16u, 19u, ~0u, ~0u - 3}) {
    const std::uint32_t kept = info_.map_size;
    AddEntry(0x8000000, 0x1000, 1, 20);
    memory_.Put(kMap + kept, size);
    EXPECT_EQ(Translate().error(), Error::kMalformed) << size;
    info_.map_size = kept;
  }
}

TEST_F(FromMultibootTest, RefusesEntriesThatLeaveTheMap) {
  memory_.Put(kMap + 24, std::uint32_t{0x10000});
  EXPECT_EQ(Translate().error(), Error::kMalformed);
  memory_.Put(kMap + 24, std::uint32_t{20});
  info_.map_size -= 1;
  EXPECT_EQ(Translate().error(), Error::kMalformed);
  info_.map_size -= 23;
  EXPECT_TRUE(Translate()) << "Exactly one entry.";
}

TEST_F(FromMultibootTest, RefusesAMapOutOfMemoryOrWithoutEnd) {
  info_.map = kMemorySize - 30;
  memory_.Put(info_.map, multiboot::MapEntry{20, 0x100000, 0x1000, 1});
  EXPECT_EQ(Translate().error(), Error::kOutOfRange);
  info_.map = 0xfffffff0;
  EXPECT_EQ(Translate().error(), Error::kOutOfRange);
  info_.map = 0x8000;
  for (std::uint32_t i = 0; i < 200; ++i) {
    memory_.Put(0x8000 + i * 24, multiboot::MapEntry{20, i * 0x10000, 0x1000, 1});
  }
  info_.map_size = 0xffffffff;
  EXPECT_EQ(Translate().error(), Error::kNoSpace);
}

TEST_F(FromMultibootTest, RefusesAMapThatIsEmptyOrWraps) {
  info_.map_size = 0;
  EXPECT_EQ(Translate().error(), Error::kMalformed);
  AddEntry(~std::uint64_t{0xfff}, 0x2000, 1);
  EXPECT_EQ(Translate().error(), Error::kMalformed);
}

TEST_F(FromMultibootTest, RefusesInformationOutsideOfMemory) {
  const auto translate = [&](std::uint64_t address) {
    return FromMultiboot(memory_.view(), PhysAddr(address)).error();
  };
  EXPECT_EQ(translate(kMemorySize), Error::kOutOfRange);
  EXPECT_EQ(translate(kMemorySize - sizeof(multiboot::Info) + 1), Error::kOutOfRange);
  EXPECT_EQ(translate(0xffffffff), Error::kOutOfRange);
}

TEST_F(FromMultibootTest, TakesModulesInTheirOrder) {
  memory_.PutText(kModuleText, "/data.txt what it is");
  AddModule(kFile, kFile + 5, kModuleText);
  AddModule(0x9000, 0xb000, 0);
  AddModule(kFile, kFile, kModuleText);
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_TRUE(IsSound(*handoff));
  ASSERT_EQ(handoff->module_count, 3u);
  EXPECT_EQ(handoff->modules[0].base, kFile);
  EXPECT_EQ(handoff->modules[0].size, 5u);
  EXPECT_EQ(TextAt(handoff->modules[0].command_line), "what it is");
  EXPECT_EQ(handoff->modules[1].size, 0x2000u);
  EXPECT_EQ(TextAt(handoff->modules[1].command_line), "");
  EXPECT_EQ(handoff->modules[2].size, 0u);
}

TEST_F(FromMultibootTest, ReadsNoModulesUnlessTheFlagSaysSo) {
  AddModule(kFile, kFile + 5);
  info_.flags &= ~multiboot::kHasModules;
  EXPECT_EQ(Translate()->module_count, 0u);
}

TEST_F(FromMultibootTest, RefusesModulesThatEndBeforeTheyBegin) {
  AddModule(kFile + 1, kFile);
  EXPECT_EQ(Translate().error(), Error::kMalformed);
}

TEST_F(FromMultibootTest, RefusesAModuleListOutOfMemory) {
  AddModule(kFile, kFile + 1, kMemorySize);
  EXPECT_EQ(Translate().error(), Error::kOutOfRange);
  info_.modules = kMemorySize - 8;
  EXPECT_EQ(Translate().error(), Error::kOutOfRange);
}

TEST_F(FromMultibootTest, RefusesMoreModulesThanThereIsRoomFor) {
  while (info_.module_count < abi::BootHandoff::kMaxModules) AddModule(kFile, kFile + 1);
  EXPECT_TRUE(Translate());
  info_.module_count = 0xffffffff;
  EXPECT_EQ(Translate().error(), Error::kNoSpace);
}

}  // namespace
}  // namespace boot
