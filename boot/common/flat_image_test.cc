#include "boot/common/flat_image.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "kernel/abi/flat_image.h"

namespace boot {
namespace {

constexpr std::uint32_t kBase = ABI_FLAT_BASE;
constexpr abi::FlatHeader kGood = {.magic = ABI_FLAT_MAGIC,
                                   .entry32 = kBase + 0x400,
                                   .entry64 = kBase + 0x410,
                                   .load_end = kBase + 0x1000,
                                   .zero_begin = kBase + 0x2008,
                                   .zero_end = kBase + 0x4010};

std::vector<std::byte> Sealed(const abi::FlatHeader& header, std::size_t size = 0x1000) {
  std::vector<std::byte> bytes(size);
  std::uint32_t random = 1;
  for (std::byte& byte : bytes) byte = static_cast<std::byte>((random = random * 69069 + 1) >> 24);
  std::memcpy(&bytes[ABI_FLAT_HEADER_OFFSET], &header, sizeof(header));
  const auto seal = SealOf(bytes);
  bytes.resize(size + kSealSize);
  std::memcpy(&bytes[size], seal.data(), kSealSize);
  return bytes;
}

TEST(FlatImageTest, AGoodOneIsTaken) {
  const auto header = CheckSealedImage(Sealed(kGood));
  ASSERT_TRUE(header);
  EXPECT_EQ(header->entry64, kGood.entry64);
}

TEST(FlatImageTest, EveryFlippedBitIsSeen) {
  std::vector<std::byte> bytes = Sealed(kGood);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] ^= std::byte{1} << bit % 8;
    ASSERT_FALSE(CheckSealedImage(bytes)) << "bit " << bit;
    bytes[bit / 8] ^= std::byte{1} << bit % 8;
  }
  EXPECT_TRUE(CheckSealedImage(bytes));
}

TEST(FlatImageTest, BlocksThatChangedPlacesAreSeen) {
  std::vector<std::byte> bytes = Sealed(kGood);
  std::swap_ranges(&bytes[0x400], &bytes[0x600], &bytes[0x800]);
  EXPECT_FALSE(CheckSealedImage(bytes));
}

TEST(FlatImageTest, EveryTruncationIsSeen) {
  const std::vector<std::byte> bytes = Sealed(kGood);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_FALSE(CheckSealedImage(std::span(bytes).first(size))) << size << " bytes";
  }
}

TEST(FlatImageTest, ZerosAreNoImage) {
  // Both sums are right.
  EXPECT_FALSE(CheckSealedImage(std::vector<std::byte>(0x1008)));
}

TEST(FlatImageTest, AWellSealedHeaderMustMakeSense) {
  using Change = std::function<void(abi::FlatHeader&)>;
  const std::pair<const char*, Change> changes[] = {
      {"magic", [](auto& header) { ++header.magic; }},
      {"an entry before the image", [](auto& header) { header.entry32 = kBase - 1; }},
      {"an entry behind it", [](auto& header) { header.entry64 = header.load_end; }},
      {"another size", [](auto& header) { header.load_end += 0x1000; }},
      {"a size below 0", [](auto& header) { header.load_end = kBase - 0x1000; }},
      {"zeros over the image", [](auto& header) { header.zero_begin = header.load_end - 8; }},
      {"zeros of size below 0", [](auto& header) { header.zero_end = header.zero_begin - 8; }},
      {"zeros from half a word", [](auto& header) { header.zero_begin += 4; }},
      {"zeros to half a word", [](auto& header) { header.zero_end += 4; }},
      {"more than 4 MiB", [](auto& header) { header.zero_end = 0x400008; }},
  };
  for (const auto& [what, change] : changes) {
    abi::FlatHeader header = kGood;
    change(header);
    EXPECT_FALSE(CheckSealedImage(Sealed(header))) << what;
  }
}

TEST(FlatImageTest, AnImageIsOfWholePages) {
  abi::FlatHeader header = kGood;
  header.load_end = kBase + 0x1004;
  EXPECT_FALSE(CheckSealedImage(Sealed(header, 0x1004)));
}

}  // namespace
}  // namespace boot
