#include "vmm/loader/load_image.h"

#include <gtest/gtest.h>

#include <string>

#include "vmm/testing/elf_builder.h"

namespace vmm {
namespace {

using testing::ElfBuilder;

constexpr std::uint64_t kBase = 0x100000;

struct Loaded {
  MappedFile file;
  ElfImage image;
  GuestMemory memory;
  Result<void> result;
};

Loaded Load(const ElfBuilder& elf, Bytes memory_size = Bytes(4u << 20)) {
  const std::string path = ::testing::TempDir() + "/image";
  EXPECT_TRUE(WriteFile(path, elf.Build()).has_value());
  auto file = MappedFile::Open(path).value();
  auto image = ParseElf(file.bytes()).value();
  auto memory = GuestMemory::Create(memory_size, Pages::kNormal).value();
  const auto result = LoadImage(image, file, memory);
  return {std::move(file), std::move(image), std::move(memory), result};
}

std::string TextAt(const GuestMemory& memory, std::uint64_t address, std::size_t size) {
  const auto view = memory.View(GuestAddr(address), Bytes(size));
  return std::string(reinterpret_cast<const char*>(view->data()), view->size());
}

TEST(LoadImage, CopiesSmallSegmentsAndLeavesTheRestZero) {
  const Loaded loaded = Load(ElfBuilder(kBase)
                                 .AddSegment(kBase, "code")
                                 .AddSegment(kBase + 0x1004, "data", PF_R | PF_W, 10));
  ASSERT_TRUE(loaded.result.has_value());
  EXPECT_EQ(TextAt(loaded.memory, kBase, 5), std::string("code\0", 5));
  EXPECT_EQ(TextAt(loaded.memory, kBase + 0x1003, 16),
            std::string("\0data\0\0\0\0\0\0\0\0\0\0\0", 16));
}

// Large enough to be mapped, with a last page that is not full: what follows in the file must not
// show.
TEST(LoadImage, MapsLargeSegmentsWithTheSameResult) {
  std::string large(300'001, 'l');
  large.back() = 'e';
  Loaded loaded = Load(ElfBuilder(kBase)
                           .AddSegment(kBase, large, PF_R | PF_W, 20'000)
                           .AddSegment(kBase + 0x100000, "next"));
  ASSERT_TRUE(loaded.result.has_value());
  EXPECT_EQ(TextAt(loaded.memory, kBase, large.size()), large);
  EXPECT_EQ(TextAt(loaded.memory, kBase + large.size(), 20'000), std::string(20'000, '\0'));
  // A private mapping: the guest's writes stay out of the file.
  loaded.memory.Slice(GuestAddr(kBase), Bytes(1))->front() = std::byte{'w'};
  EXPECT_EQ(std::to_integer<char>(loaded.file.bytes()[loaded.image.segments[0].offset]), 'l');
}

TEST(LoadImage, ProtectsTextOfOurImagesFromDevices) {
  abi::BootBlock block = {};
  block.version = ABI_BOOT_BLOCK_VERSION;
  block.ring3_entry = kBase;
  ElfBuilder elf(kBase);
  elf.AddSegment(kBase, "code").AddSegment(kBase + 0x1000, "data", PF_R | PF_W);
  Loaded others = Load(elf);
  EXPECT_TRUE(others.memory.Slice(GuestAddr(kBase), Bytes(4)).has_value());
  Loaded ours = Load(elf.AddBootBlock(block));
  EXPECT_FALSE(ours.memory.Slice(GuestAddr(kBase), Bytes(4)).has_value());
  EXPECT_TRUE(ours.memory.Slice(GuestAddr(kBase + 0x1000), Bytes(4)).has_value());
}

TEST(LoadImage, SaysHowMuchMemoryItWants) {
  const Loaded loaded = Load(ElfBuilder(kBase).AddSegment(kBase, "code", PF_R, 3u << 20));
  ASSERT_FALSE(loaded.result.has_value());
  EXPECT_EQ(loaded.result.error().code, Code::kInvalidArgument);
  EXPECT_EQ(Message(loaded.result.error()),
            "reaches up to 0x400004 and RAM has 4096 KiB; give --memory=5M or more");
}

}  // namespace
}  // namespace vmm
