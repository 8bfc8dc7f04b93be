#include "boot/bios/image_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "boot/bios/layout.h"
#include "gtest/gtest.h"
#include "kernel/abi/flat_image.h"

namespace boot::bios {
namespace {

constexpr std::uint32_t kFlatSize = 0x1800;
constexpr std::uint32_t kLoadEnd = ABI_FLAT_BASE + 0x2000;

template <typename T>
T At(std::span<const std::byte> bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.subspan(offset, sizeof(T)).data(), sizeof(T));
  return value;
}

std::string_view TextAt(std::span<const std::byte> bytes, std::size_t offset) {
  return reinterpret_cast<const char*>(bytes.subspan(offset).data());
}

// Both sums of image_writer.h, in one word: 0 if both are.
std::uint32_t Sums(std::span<const std::byte> image) {
  std::uint32_t sum = 0;
  std::uint32_t sum_of_sums = 0;
  for (std::size_t i = 0; i < image.size(); i += 4) {
    sum += At<std::uint32_t>(image, i);
    sum_of_sums += sum;
  }
  return sum | sum_of_sums;
}

class ImageWriterTest : public testing::Test {
 protected:
  ImageWriterTest() : loader_(BIOS_LOADER_SIZE, std::byte{0x90}), flat_(kFlatSize, std::byte{7}) {
    PutHeader();
  }

  void PutHeader() {
    std::memcpy(flat_.data() + ABI_FLAT_HEADER_OFFSET, &header_, sizeof(header_));
  }

  std::span<const std::byte> Parameters(const ByteVector& image) const {
    return std::span(image).subspan(BIOS_PARAMETERS_OFFSET,
                                    BIOS_LOADER_SIZE - BIOS_PARAMETERS_OFFSET);
  }

  BootImageParts Parts() const { return {.loader = loader_, .flat = flat_, .command_line = "a b"}; }

  abi::FlatHeader header_ = {.magic = ABI_FLAT_MAGIC,
                             .entry32 = ABI_FLAT_BASE + 0x318,
                             .entry64 = ABI_FLAT_BASE + 0x340,
                             .load_end = kLoadEnd,
                             .zero_begin = kLoadEnd,
                             .zero_end = ABI_FLAT_BASE + 0x180000};
  ByteVector loader_;
  ByteVector flat_;
};

TEST_F(ImageWriterTest, ABootImageIsWhatTheLoaderReads) {
  const Result<ByteVector> image = MakeBootImage(Parts());
  ASSERT_TRUE(image) << image.error();
  EXPECT_EQ(image->size(), BIOS_LOADER_SIZE + 0x2000u + 2048u);
  const std::span<const std::byte> loaded = std::span(*image).subspan(BIOS_LOADER_SIZE);
  EXPECT_TRUE(std::ranges::equal(loaded.first(kFlatSize), flat_));
  EXPECT_EQ(TextAt(loaded, 0x2000), "a b");
  EXPECT_EQ(Sums(loaded), 0u);
}

TEST_F(ImageWriterTest, TheLoaderIsToldWhatItNeeds) {
  const Result<ByteVector> image = MakeBootImage(Parts());
  ASSERT_TRUE(image) << image.error();
  const std::span<const std::byte> parameters = Parameters(*image);
  EXPECT_EQ(At<std::uint32_t>(parameters, BIOS_IMAGE_SIZE), image->size() - BIOS_LOADER_SIZE);
  EXPECT_EQ(At<std::uint32_t>(parameters, BIOS_MEMORY_END), header_.zero_end);
  EXPECT_EQ(At<std::uint32_t>(parameters, BIOS_READ_SIZE), std::uint32_t{BIOS_BUFFER_SIZE});
  EXPECT_EQ(At<std::uint32_t>(parameters, BIOS_COMMAND_LINE_SOURCE), kLoadEnd);
  EXPECT_EQ(At<std::uint32_t>(parameters, BIOS_COMMAND_LINE_SIZE), 4u);
  EXPECT_EQ(TextAt(parameters, BIOS_MEMORY_TEXT), "3 MiB\r\n");
  std::uint32_t sum = 0;
  for (std::size_t i = BIOS_LINUX_HEADER_END; i < BIOS_LOADER_SIZE; i += 4) {
    sum += At<std::uint32_t>(*image, i);
  }
  EXPECT_EQ(sum, 0u);
}

TEST_F(ImageWriterTest, LinuxLoadersAreToldToo) {
  const Result<ByteVector> image = MakeBootImage(Parts());
  ASSERT_TRUE(image) << image.error();
  EXPECT_EQ(At<std::uint32_t>(*image, 0x1f4) * 16, image->size() - BIOS_LOADER_SIZE);
  EXPECT_EQ(At<std::uint32_t>(*image, 0x214), header_.entry32);
  EXPECT_EQ(At<std::uint32_t>(*image, 0x260), header_.zero_end - ABI_FLAT_BASE);
}

TEST_F(ImageWriterTest, ADiskIsOneSectorMore) {
  const Result<ByteVector> image = MakeBootImage(Parts());
  ASSERT_TRUE(image) << image.error();
  const ByteVector mbr(BIOS_MBR_CODE_SIZE, std::byte{0x90});
  const Result<ByteVector> disk = MakeDisk(mbr, *image);
  ASSERT_TRUE(disk) << disk.error();
  EXPECT_TRUE(std::ranges::equal(std::span(*disk).subspan(512), *image));
  EXPECT_EQ(At<std::uint64_t>(*disk, BIOS_MBR_IMAGE_OFFSET), 5u);
  EXPECT_EQ(At<std::uint16_t>(*disk, BIOS_MBR_SIGNATURE_OFFSET), 0xaa55u);
  EXPECT_EQ(At<std::uint8_t>(*disk, BIOS_MBR_PARTITION_OFFSET), 0x80u);
  EXPECT_EQ(At<std::uint32_t>(*disk, BIOS_MBR_PARTITION_OFFSET + 8), 1u);
  EXPECT_EQ(At<std::uint32_t>(*disk, BIOS_MBR_PARTITION_OFFSET + 12), image->size() / 512);
}

TEST_F(ImageWriterTest, AMemoryCopyIsLoadedWhole) {
  const Result<ByteVector> disk = MakeMemoryCopyDisk({}, Parts());
  ASSERT_TRUE(disk) << disk.error();
  EXPECT_EQ(disk->size(), kMemoryCopySize);
  const ByteVector image(disk->begin() + 512, disk->end());
  const std::uint32_t size = At<std::uint32_t>(Parameters(image), BIOS_IMAGE_SIZE);
  EXPECT_GT(size, kMemoryCopySize - 8192);
  EXPECT_EQ(At<std::uint32_t>(Parameters(image), BIOS_READ_SIZE), 512u);
  EXPECT_EQ(At<std::uint32_t>(Parameters(image), BIOS_MEMORY_END), ABI_FLAT_BASE + size);
  EXPECT_EQ(TextAt(Parameters(image), BIOS_MEMORY_TEXT), "6 MiB\r\n");
  EXPECT_EQ(Sums(std::span(image).subspan(BIOS_LOADER_SIZE, size)), 0u);
}

TEST_F(ImageWriterTest, CommandLinesOfEveryLength) {
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, kMaxCommandLine}) {
    const std::string text(length, 'x');
    BootImageParts parts = Parts();
    parts.command_line = text;
    const Result<ByteVector> image = MakeBootImage(parts);
    ASSERT_TRUE(image) << image.error();
    EXPECT_EQ(TextAt(*image, BIOS_LOADER_SIZE + 0x2000), text);
    EXPECT_EQ(Sums(std::span(*image).subspan(BIOS_LOADER_SIZE)), 0u);
  }
}

TEST_F(ImageWriterTest, RefusesPartsThatDoNotFit) {
  const std::string long_text(kMaxCommandLine + 1, 'x');
  BootImageParts parts = Parts();
  parts.command_line = long_text;
  EXPECT_EQ(MakeBootImage(parts).error(),
            "the command line has 65536 characters; give at most 65535");
  parts.command_line = std::string_view("a\0b", 3);
  EXPECT_TRUE(MakeBootImage(parts).error().contains("NUL"));
  parts = Parts();
  parts.loader = parts.loader.first(512);
  EXPECT_EQ(MakeBootImage(parts).error(), "the loader has 512 bytes, not 2048");
  EXPECT_EQ(MakeDisk(ByteVector(BIOS_MBR_CODE_SIZE + 1), {}).error(),
            "sector 0 has 433 bytes of code; there is room for 432");
}

TEST_F(ImageWriterTest, RefusesWhatIsNoFlatImage) {
  BootImageParts parts = Parts();
  parts.flat = parts.flat.first(ABI_FLAT_HEADER_OFFSET);
  EXPECT_TRUE(MakeBootImage(parts).error().contains("too short"));
  header_.magic = 0;
  PutHeader();
  EXPECT_TRUE(MakeBootImage(Parts()).error().contains("no header"));
  header_.magic = ABI_FLAT_MAGIC;
  header_.load_end = ABI_FLAT_BASE + kFlatSize - 4;
  PutHeader();
  EXPECT_TRUE(MakeBootImage(Parts()).error().contains("size"));
  header_.load_end = kLoadEnd;
  header_.entry32 = ABI_FLAT_BASE + kFlatSize;
  PutHeader();
  EXPECT_TRUE(MakeBootImage(Parts()).error().contains("entry"));
}

}  // namespace
}  // namespace boot::bios
