#include "vmm/memory/guest_memory.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <string>

#include "vmm/base/file.h"

namespace vmm {
namespace {

constexpr Bytes kSize{16 * 4096};

GuestMemory Memory() { return std::move(GuestMemory::Create(kSize, Pages::kNormal).value()); }

TEST(GuestMemory, GivesExactlyWhatLiesInside) {
  GuestMemory memory = Memory();
  EXPECT_EQ(memory.size(), kSize);
  EXPECT_EQ(memory.Slice(GuestAddr(0), kSize)->size(), kSize.count());
  EXPECT_EQ(memory.Slice(GuestAddr(kSize.count() - 1), Bytes(1))->size(), 1u);
  EXPECT_TRUE(memory.Slice(GuestAddr(kSize.count()), Bytes(0)).has_value());
}

TEST(GuestMemory, RefusesWhatDoesNotEvenByWrappingAround) {
  GuestMemory memory = Memory();
  const std::pair<std::uint64_t, std::uint64_t> wrong[] = {
      {kSize.count(), 1}, {kSize.count() - 1, 2}, {0, kSize.count() + 1},
      {~0ull, 1},         {~0ull, ~0ull},         {1, ~0ull},
      {0, ~0ull},         {~0ull - 4095, 4096},   {kSize.count() + 1, 0},
  };
  for (const auto& [address, size] : wrong) {
    const auto slice = memory.Slice(GuestAddr(address), Bytes(size));
    ASSERT_FALSE(slice.has_value()) << address << "+" << size;
    EXPECT_EQ(slice.error().code, Code::kGuestFault);
    EXPECT_FALSE(memory.View(GuestAddr(address), Bytes(size)).has_value());
  }
}

TEST(GuestMemory, ProtectedMemoryCanBeReadButNotSliced) {
  GuestMemory memory = Memory();
  ASSERT_TRUE(memory.Protect(GuestAddr(0x2000), Bytes(0x1000)).has_value());
  EXPECT_TRUE(memory.View(GuestAddr(0x1ffe), Bytes(8)).has_value());
  EXPECT_FALSE(memory.Slice(GuestAddr(0x1fff), Bytes(2)).has_value());
  EXPECT_FALSE(memory.Slice(GuestAddr(0x2fff), Bytes(1)).has_value());
  EXPECT_TRUE(memory.Slice(GuestAddr(0x1fff), Bytes(1)).has_value());
  EXPECT_TRUE(memory.Slice(GuestAddr(0x3000), Bytes(1)).has_value());
  EXPECT_FALSE(memory.Protect(GuestAddr(kSize.count()), Bytes(1)).has_value());
}

TEST(GuestMemory, TheProcessorMayStillWriteWhatIsProtected) {
  GuestMemory memory = Memory();
  ASSERT_TRUE(memory.Protect(GuestAddr(0x2000), Bytes(0x1000)).has_value());
  memory.mapping()[0x2000] = std::byte{1};
  EXPECT_EQ(memory.View(GuestAddr(0x2000), Bytes(1))->front(), std::byte{1});
}

TEST(GuestMemory, ShowsAFileAndKeepsWritesPrivate) {
  const std::string path = testing::TempDir() + "/mapped";
  ASSERT_TRUE(WriteFile(path, std::string(4096, 'a') + std::string(4096, 'b')).has_value());
  GuestMemory memory = Memory();
  {
    const UniqueFd fd(open(path.c_str(), O_RDONLY));
    ASSERT_TRUE(memory.MapFile(GuestAddr(0x3000), Bytes(0x1000), fd.get(), 0x1000).has_value());
  }
  const auto slice = memory.Slice(GuestAddr(0x3000), Bytes(0x1000));
  EXPECT_EQ(std::to_integer<char>((*slice)[0]), 'b');
  (*slice)[0] = std::byte{'c'};
  const auto file = MappedFile::Open(path);
  EXPECT_EQ(std::to_integer<char>(file->bytes()[0x1000]), 'b');
  EXPECT_FALSE(memory.MapFile(GuestAddr(kSize.count()), Bytes(0x1000), file->fd(), 0).has_value());
}

TEST(GuestMemory, TransparentHugePagesAreAligned) {
  const auto memory = GuestMemory::Create(Bytes(4u << 20), Pages::kTransparentHuge);
  if (!memory) GTEST_SKIP() << "this host has none: " << Message(memory.error());
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory->mapping().data()) % (2u << 20), 0u);
  EXPECT_EQ(memory->size(), Bytes(4u << 20));
}

TEST(GuestMemory, ReservedPagesWantAWholeNumberOfThem) {
  const auto memory = GuestMemory::Create(Bytes(3u << 20), Pages::kReserved2M);
  ASSERT_FALSE(memory.has_value());
  EXPECT_EQ(memory.error().code, Code::kInvalidArgument);
}

}  // namespace
}  // namespace vmm
