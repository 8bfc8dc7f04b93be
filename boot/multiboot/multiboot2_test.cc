#include "boot/multiboot/multiboot2.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "boot/common/handoff_builder.h"
#include "boot/common/test_memory.h"
#include "gtest/gtest.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/multiboot.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

namespace multiboot2 = abi::multiboot2;
using multiboot2::TagType;
using Kind = abi::MemoryRange::Kind;

constexpr std::size_t kMemorySize = 0x40000;
constexpr std::uint32_t kInfo = 0x1000;
constexpr std::uint32_t kFile = 0x20000;

class FromMultiboot2Test : public testing::Test {
 protected:
  FromMultiboot2Test() : memory_(kMemorySize) {}

  /// Adds a tag of which `contents` is all behind type and size. Returns its address.
  std::uint32_t AddTag(TagType type, std::string_view contents) {
    return AddTagOfSize(type, contents, static_cast<std::uint32_t>(8 + contents.size()));
  }
  std::uint32_t AddTagOfSize(TagType type, std::string_view contents, std::uint32_t size) {
    const std::uint32_t address = kInfo + size_;
    memory_.Put(address, multiboot2::Tag{type, size});
    memory_.PutText(address + 8, contents);
    size_ += static_cast<std::uint32_t>((8 + contents.size() + 7) / 8 * 8);
    return address;
  }

  template <typename... T>
  static std::string BytesOf(const T&... values) {
    std::string bytes;
    (bytes.append(reinterpret_cast<const char*>(&values), sizeof(values)), ...);
    return bytes;
  }

  void AddMap(const std::vector<multiboot2::MapEntry>& entries) {
    std::string bytes = BytesOf(std::uint32_t{sizeof(multiboot2::MapEntry)}, std::uint32_t{0});
    for (const multiboot2::MapEntry& entry : entries) bytes += BytesOf(entry);
    AddTag(TagType::kMap, bytes);
  }
  void AddGoodMap() { AddMap({{0, 0x9fc00, 1, 0}, {0x100000, 0x1f00000, 1, 0}}); }

  std::uint32_t AddModule(std::uint32_t begin, std::uint32_t end, std::string_view words) {
    return AddTag(TagType::kModule, BytesOf(begin, end) + std::string(words) + '\0');
  }

  void AddEnd() { AddTag(TagType::kEnd, ""); }

  Result<abi::BootHandoff> Translate() { return TranslateOfSize(size_); }
  Result<abi::BootHandoff> TranslateOfSize(std::uint32_t total_size) {
    memory_.Put(kInfo, multiboot2::Info{total_size, 0});
    return FromMultiboot2(memory_.view(), PhysAddr(kInfo));
  }
  /// Of a boot information with a good map and then what the test has added.
  Error TranslateError() {
    AddEnd();
    return Translate().error();
  }

  std::string TextAt(std::uint64_t address) const {
    const auto bytes = memory_.view().ReadableFrom(PhysAddr(address));
    return bytes.empty() ? reinterpret_cast<const char*>(address)
                         : reinterpret_cast<const char*>(bytes.data());
  }

  TestMemory memory_;
  std::uint32_t size_ = sizeof(multiboot2::Info);
};

TEST_F(FromMultiboot2Test, TakesMapCommandLineAndRsdp) {
  AddTag(TagType::kCommandLine, std::string("one two") + '\0');
  AddTag(static_cast<TagType>(77), "what no specification knows");
  AddGoodMap();
  const std::uint32_t rsdp = AddTag(TagType::kOldRsdp, std::string(20, 'r')) + 8;
  AddEnd();
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_TRUE(IsSound(*handoff));
  EXPECT_EQ(handoff->protocol, std::uint32_t{ABI_BOOT_MULTIBOOT2});
  ASSERT_EQ(handoff->range_count, 2u);
  EXPECT_EQ(handoff->ranges[1].base, 0x100000u);
  EXPECT_EQ(handoff->ranges[1].size, 0x1f00000u);
  EXPECT_EQ(TextAt(handoff->command_line), "one two");
  EXPECT_EQ(handoff->rsdp, rsdp);
  EXPECT_EQ(handoff->module_count, 0u);
}

TEST_F(FromMultiboot2Test, PrefersTheNewRsdpWhereverItStands) {
  AddGoodMap();
  const std::uint32_t rsdp = AddTag(TagType::kNewRsdp, std::string(36, 'r')) + 8;
  AddTag(TagType::kOldRsdp, std::string(20, 'r'));
  AddEnd();
  EXPECT_EQ(Translate()->rsdp, rsdp);
}

TEST_F(FromMultiboot2Test, LeavesAnRsdpThatIsTooShortAlone) {
  AddGoodMap();
  AddTag(TagType::kOldRsdp, std::string(19, 'r'));
  AddTag(TagType::kNewRsdp, std::string(35, 'r'));
  AddEnd();
  EXPECT_EQ(Translate()->rsdp, 0u);
}

TEST_F(FromMultiboot2Test, ALoaderNeedNotGiveACommandLine) {
  AddGoodMap();
  AddEnd();
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_EQ(TextAt(handoff->command_line), "");
}

TEST_F(FromMultiboot2Test, TakesTheTwoSizesWhereThereIsNoMap) {
  AddTag(TagType::kMemory, BytesOf(std::uint32_t{639}, std::uint32_t{3072}));
  AddEnd();
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  ASSERT_EQ(handoff->range_count, 2u);
  EXPECT_EQ(handoff->ranges[0].size, 639u * 1024);
  EXPECT_EQ(handoff->ranges[1].size, 3072u * 1024);
}

TEST_F(FromMultiboot2Test, PrefersTheMapToTheTwoSizes) {
  AddGoodMap();
  AddTag(TagType::kMemory, BytesOf(std::uint32_t{639}, std::uint32_t{1}));
  AddEnd();
  EXPECT_EQ(Translate()->ranges[1].size, 0x1f00000u);
}

TEST_F(FromMultiboot2Test, RefusesALoaderThatDoesNotSayWhereRamIs) {
  AddTag(TagType::kCommandLine, std::string("x") + '\0');
  EXPECT_EQ(TranslateError(), Error::kNotFound);
}

TEST_F(FromMultiboot2Test, TakesAMapInAnyOrderWithOverlapsAndEmptyEntries) {
  AddMap({{0x100000, 0x300000, 1, 0},
          {0x200000, 0x1000, 3, 0},
          {0x50000, 0, 1, 0},
          {0, 0x9f000, 1, 0},
          {0x3ff000, 0x1000, 0xdeadbeef, 0}});
  AddEnd();
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_TRUE(IsSound(*handoff));
  ASSERT_EQ(handoff->range_count, 5u);
  EXPECT_EQ(handoff->ranges[2].kind, Kind::kAcpi);
  EXPECT_EQ(handoff->ranges[4].kind, Kind::kReserved);
}

TEST_F(FromMultiboot2Test, StepsOverWhatALaterVersionAddsToEntries) {
  const multiboot2::MapEntry entry = {0x100000, 0x300000, 1, 0};
  const std::uint64_t more = ~std::uint64_t{0};
  AddTag(TagType::kMap, BytesOf(std::uint32_t{32}, std::uint32_t{1}, entry, more, entry, more));
  AddEnd();
  ASSERT_TRUE(Translate());
  EXPECT_EQ(Translate()->range_count, 1u);
}

TEST_F(FromMultiboot2Test, RefusesMapEntriesOfASizeThatCannotBe) {
  const multiboot2::MapEntry entry = {0x100000, 0x300000, 1, 0};
  for (const std::uint32_t size : {0u, 8u, 23u, 0x1000u, ~0u}) {
    size_ = sizeof(multiboot2::Info);
    AddTag(TagType::kMap, BytesOf(size, std::uint32_t{0}, entry));
    EXPECT_EQ(TranslateError(), Error::kMalformed) << size;
  }
}

TEST_F(FromMultiboot2Test, RefusesAMapThatIsCutOffEmptyOrWraps) {
  AddTag(TagType::kMap, BytesOf(std::uint32_t{24}));
  EXPECT_EQ(TranslateError(), Error::kMalformed);
  size_ = sizeof(multiboot2::Info);
  AddMap({});
  EXPECT_EQ(TranslateError(), Error::kMalformed);
  size_ = sizeof(multiboot2::Info);
  AddMap({{~std::uint64_t{0xfff}, 0x2000, 1, 0}});
  EXPECT_EQ(TranslateError(), Error::kMalformed);
}

TEST_F(FromMultiboot2Test, RefusesAMapThatIsTooLong) {
  std::vector<multiboot2::MapEntry> entries;
  for (std::uint64_t i = 0; i < 129; ++i) entries.push_back({i * 0x10000, 0x1000, 1, 0});
  AddMap(entries);
  EXPECT_EQ(TranslateError(), Error::kNoSpace);
}

TEST_F(FromMultiboot2Test, RefusesTagsThatAreSmallerThanTheirHead) {
  for (const std::uint32_t size : {0u, 1u, 7u}) {
    size_ = sizeof(multiboot2::Info);
    AddGoodMap();
    AddTagOfSize(static_cast<TagType>(77), "", size);
    EXPECT_EQ(TranslateError(), Error::kMalformed) << size;
  }
}

TEST_F(FromMultiboot2Test, RefusesTagsThatLeaveTheInformation) {
  for (const std::uint32_t size : {17u, 0x1000u, 0x80000000u, ~0u}) {
    size_ = sizeof(multiboot2::Info);
    AddGoodMap();
    AddTagOfSize(static_cast<TagType>(77), "", size);
    EXPECT_EQ(TranslateError(), Error::kMalformed) << size;
  }
}

TEST_F(FromMultiboot2Test, RefusesInformationWithoutAnEnd) {
  AddGoodMap();
  EXPECT_EQ(Translate().error(), Error::kMalformed);
  AddEnd();
  EXPECT_EQ(TranslateOfSize(size_ - 1).error(), Error::kMalformed);
  EXPECT_EQ(TranslateOfSize(8).error(), Error::kMalformed);
  EXPECT_EQ(TranslateOfSize(0).error(), Error::kMalformed);
  EXPECT_TRUE(Translate());
}

TEST_F(FromMultiboot2Test, RefusesInformationOutsideOfMemory) {
  AddGoodMap();
  AddEnd();
  EXPECT_EQ(TranslateOfSize(~0u).error(), Error::kOutOfRange);
  EXPECT_EQ(TranslateOfSize(kMemorySize - kInfo + 1).error(), Error::kOutOfRange);
  EXPECT_EQ(FromMultiboot2(memory_.view(), PhysAddr(kMemorySize - 4)).error(), Error::kOutOfRange);
  EXPECT_EQ(FromMultiboot2(memory_.view(), PhysAddr(0xfffffff8)).error(), Error::kOutOfRange);
}

TEST_F(FromMultiboot2Test, RefusesACommandLineWithoutEnd) {
  AddGoodMap();
  AddTag(TagType::kCommandLine, "12345678");
  EXPECT_EQ(TranslateError(), Error::kMalformed);
  size_ = sizeof(multiboot2::Info);
  AddGoodMap();
  AddTag(TagType::kCommandLine, "");
  EXPECT_EQ(TranslateError(), Error::kMalformed);
}

TEST_F(FromMultiboot2Test, ACommandLineMayHaveAlmost64KiBAndNoMore) {
  const std::string longest(kMaxCommandLine.count() - 1, 'x');
  AddGoodMap();
  AddTag(TagType::kCommandLine, longest + '\0');
  AddEnd();
  ASSERT_TRUE(Translate());
  EXPECT_EQ(TextAt(Translate()->command_line), longest);
  size_ = sizeof(multiboot2::Info);
  AddGoodMap();
  AddTag(TagType::kCommandLine, longest + "x" + '\0');
  EXPECT_EQ(TranslateError(), Error::kMalformed);
}

TEST_F(FromMultiboot2Test, TakesModulesInTheirOrder) {
  AddGoodMap();
  AddModule(kFile, kFile + 5, "what it is");
  AddModule(kFile + 0x1000, kFile + 0x1000, "");
  AddEnd();
  const Result<abi::BootHandoff> handoff = Translate();
  ASSERT_TRUE(handoff);
  EXPECT_TRUE(IsSound(*handoff));
  ASSERT_EQ(handoff->module_count, 2u);
  EXPECT_EQ(handoff->modules[0].base, kFile);
  EXPECT_EQ(handoff->modules[0].size, 5u);
  EXPECT_EQ(TextAt(handoff->modules[0].command_line), "what it is");
  EXPECT_EQ(handoff->modules[1].size, 0u);
  EXPECT_EQ(TextAt(handoff->modules[1].command_line), "");
}

TEST_F(FromMultiboot2Test, RefusesModulesThatEndBeforeTheyBegin) {
  AddGoodMap();
  AddModule(kFile + 1, kFile, "");
  EXPECT_EQ(TranslateError(), Error::kMalformed);
}

TEST_F(FromMultiboot2Test, RefusesModulesThatAreCutOff) {
  AddGoodMap();
  AddTag(TagType::kModule, BytesOf(kFile));
  EXPECT_EQ(TranslateError(), Error::kMalformed);
  size_ = sizeof(multiboot2::Info);
  AddGoodMap();
  AddTag(TagType::kModule, BytesOf(kFile, kFile));
  EXPECT_EQ(TranslateError(), Error::kMalformed) << "No text.";
  size_ = sizeof(multiboot2::Info);
  AddGoodMap();
  AddTag(TagType::kModule, BytesOf(kFile, kFile) + "12345678");
  EXPECT_EQ(TranslateError(), Error::kMalformed) << "A text without end.";
}

TEST_F(FromMultiboot2Test, RefusesMoreModulesThanThereIsRoomFor) {
  AddGoodMap();
  for (std::uint32_t i = 0; i <= abi::BootHandoff::kMaxModules; ++i) AddModule(kFile, kFile, "");
  EXPECT_EQ(TranslateError(), Error::kNoSpace);
}

}  // namespace
}  // namespace boot
