#include "vmm/loader/boot_information.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/linux_boot.h"
#include "kernel/abi/pvh.h"
#include "vmm/layout.h"
#include "vmm/loader/identity_tables.h"

namespace vmm {
namespace {

constexpr std::uint64_t kMemory = 8u << 20;
constexpr std::uint64_t kStack = 0x200000;

class BootInformation : public testing::Test {
 protected:
  template <typename T>
  T At(std::uint64_t address) const {
    T value;
    std::memcpy(&value, memory_.View(GuestAddr(address), Bytes(sizeof(T)))->data(), sizeof(T));
    return value;
  }
  std::string TextAt(std::uint64_t address) const {
    return reinterpret_cast<const char*>(memory_.View(GuestAddr(address), Bytes(1))->data());
  }

  GuestMemory memory_ = GuestMemory::Create(Bytes(kMemory), Pages::kNormal).value();
};

TEST_F(BootInformation, HandoffLiesOnTopOfTheMainStack) {
  abi::BootBlock block = {};
  block.ring3_stack = kStack;
  const auto place = WriteHandoff(block, "one two", 2'000'000, 3, memory_);
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->stack.value() % 16, 0u);
  EXPECT_LE(place->stack, place->handoff);
  EXPECT_GT(place->handoff, GuestAddr(kStack - 4096));

  const auto handoff = At<abi::BootHandoff>(place->handoff.value());
  EXPECT_EQ(handoff.protocol, std::uint32_t{ABI_BOOT_MONITOR});
  ASSERT_EQ(handoff.range_count, 2u);
  EXPECT_EQ(handoff.ranges[0].base, 0u);
  EXPECT_EQ(handoff.ranges[0].size, 0xa0000u);
  EXPECT_EQ(handoff.ranges[1].base, 0x100000u);
  EXPECT_EQ(handoff.ranges[1].size, kMemory - 0x100000);
  EXPECT_EQ(handoff.ranges[1].kind, abi::MemoryRange::Kind::kUsable);
  EXPECT_EQ(handoff.tsc_khz, 2'000'000u);
  EXPECT_EQ(handoff.rsdp, 0u);
  EXPECT_EQ(TextAt(handoff.command_line), "one two");
  EXPECT_GE(handoff.command_line, place->handoff.value() + sizeof(handoff));
  EXPECT_LT(handoff.command_line, kStack);
}

TEST_F(BootInformation, ALongCommandLineDoesNotEatTheStack) {
  abi::BootBlock block = {};
  block.ring3_stack = kStack;
  const std::string longest(layout::kMaxCommandLine.count(), 'x');
  const auto place = WriteHandoff(block, longest, 0, 1, memory_);
  ASSERT_TRUE(place.has_value());
  EXPECT_GT(place->stack, GuestAddr(kStack - 4096));
  const auto handoff = At<abi::BootHandoff>(place->handoff.value());
  EXPECT_EQ(handoff.command_line, layout::kCommandLine.value());
  EXPECT_EQ(TextAt(handoff.command_line), longest);
}

TEST_F(BootInformation, RefusesAStackOutsideMemory) {
  abi::BootBlock block = {};
  for (const std::uint64_t stack : {0ul, 100ul, kMemory + 4096, ~0ul}) {
    block.ring3_stack = stack;
    EXPECT_FALSE(WriteHandoff(block, "", 0, 1, memory_).has_value()) << stack;
  }
}

TEST_F(BootInformation, LinuxFindsWhatItsProtocolPromises) {
  namespace lb = abi::linux_boot;
  ASSERT_TRUE(WriteLinuxBoot("console=x", memory_).has_value());
  const std::uint64_t page = layout::kZeroPage.value();
  EXPECT_EQ(At<std::uint16_t>(page + lb::kBootFlagOffset), lb::kBootFlag);
  EXPECT_EQ(At<std::uint32_t>(page + lb::kHeaderOffset), lb::kHeaderMagic);
  EXPECT_EQ(At<std::uint8_t>(page + lb::kLoaderOffset), 0xff);
  EXPECT_EQ(TextAt(At<std::uint32_t>(page + lb::kCmdLineOffset)), "console=x");
  ASSERT_EQ(At<std::uint8_t>(page + lb::kMapCountOffset), 2);
  const auto second = At<lb::E820Entry>(page + lb::kMapOffset + sizeof(lb::E820Entry));
  EXPECT_EQ(second.base, 0x100000u);
  EXPECT_EQ(second.size, kMemory - 0x100000);
  EXPECT_EQ(second.type, 1u);
}

// Walks the tables as the processor does.
TEST_F(BootInformation, IdentityTablesMapFourGigabytesOneToOne) {
  ASSERT_TRUE(WriteIdentityTables(memory_).has_value());
  constexpr std::uint64_t kAddressBits = 0x000ffffffffff000;
  for (std::uint64_t address = 0; address < 4ull << 30; address += 0x12345000) {
    const auto top = At<std::uint64_t>(layout::kPageTables.value());
    const auto middle = At<std::uint64_t>((top & kAddressBits) + (address >> 30) * 8);
    const auto entry = At<std::uint64_t>((middle & kAddressBits) + (address >> 21) % 512 * 8);
    ASSERT_EQ(top & middle & entry & 3, 3u);
    ASSERT_EQ(entry & 0x80, 0x80u);
    ASSERT_EQ(entry & kAddressBits, address & ~0x1fffffull);
  }
  EXPECT_EQ(At<std::uint64_t>(layout::kGdt.value() + kLinuxCode), 0x00af9b000000ffffu);
  EXPECT_EQ(At<std::uint64_t>(layout::kGdt.value() + kLinuxData), 0x00cf93000000ffffu);
}

TEST_F(BootInformation, PvhFindsItsStartInfo) {
  namespace pvh = abi::pvh;
  ASSERT_TRUE(WritePvhBoot("words", memory_).has_value());
  const auto info = At<pvh::StartInfo>(layout::kStartInfo.value());
  EXPECT_EQ(info.magic, pvh::kMagic);
  EXPECT_EQ(info.version, 1u);
  EXPECT_EQ(TextAt(info.command_line), "words");
  ASSERT_EQ(info.map_count, 2u);
  const auto first = At<pvh::MapEntry>(info.memory_map);
  EXPECT_EQ(first.size, 0xa0000u);
  EXPECT_EQ(first.type, 1u);
  EXPECT_EQ(At<pvh::MapEntry>(info.memory_map + sizeof(first)).base, 0x100000u);
}

}  // namespace
}  // namespace vmm
