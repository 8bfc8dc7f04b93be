// TestProgram: what firmware has made of the loader's file, for tests: headers and two sections.
#ifndef BOOT_UEFI_TEST_PROGRAM_H_
#define BOOT_UEFI_TEST_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "boot/common/flat_image.h"
#include "kernel/abi/flat_image.h"

namespace boot::uefi {

/// A sealed image of 8 KiB whose memory ends at ABI_FLAT_BASE + 0x5000.
inline std::vector<std::byte> TestImage() {
  const abi::FlatHeader header = {.magic = ABI_FLAT_MAGIC,
                                  .entry32 = ABI_FLAT_BASE + 0x400,
                                  .entry64 = ABI_FLAT_BASE + 0x410,
                                  .load_end = ABI_FLAT_BASE + 0x2000,
                                  .zero_begin = ABI_FLAT_BASE + 0x3000,
                                  .zero_end = ABI_FLAT_BASE + 0x5000};
  std::vector<std::byte> image(header.load_end - ABI_FLAT_BASE, std::byte{0x5a});
  std::memcpy(&image[ABI_FLAT_HEADER_OFFSET], &header, sizeof(header));
  const auto seal = SealOf(image);
  const auto bytes = std::as_bytes(std::span(seal));
  image.insert(image.end(), bytes.begin(), bytes.end());
  return image;
}

class TestProgram {
 public:
  static constexpr std::size_t kPeOffset = 0x80;
  static constexpr std::size_t kOptionalHeader = 0xf0;
  static constexpr std::size_t kSectionTable = kPeOffset + 24 + kOptionalHeader;

  TestProgram() : bytes_(0x1000) {
    Put(0x3c, std::uint32_t{kPeOffset});
    Put(kPeOffset, std::uint32_t{0x4550});
    Put(kPeOffset + 20, std::uint16_t{kOptionalHeader});
  }

  /// Appends a section at the next page.
  void Add(std::string_view name, std::span<const std::byte> content) {
    const std::size_t header = kSectionTable + 40 * count_++;
    Put(kPeOffset + 6, count_);
    std::memcpy(&bytes_[header], name.data(), name.size());
    Put(header + 8, static_cast<std::uint32_t>(content.size()));
    Put(header + 12, static_cast<std::uint32_t>(bytes_.size()));
    bytes_.insert(bytes_.end(), content.begin(), content.end());
    bytes_.resize((bytes_.size() + 0xfff) & ~std::size_t{0xfff});
  }

  template <typename T>
  void Put(std::size_t offset, const T& value) {
    std::memcpy(std::span(bytes_).subspan(offset, sizeof(T)).data(), &value, sizeof(T));
  }

  std::vector<std::byte>& bytes() { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
  std::uint16_t count_ = 0;
};

}  // namespace boot::uefi

#endif  // BOOT_UEFI_TEST_PROGRAM_H_
