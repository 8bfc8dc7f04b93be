#include "boot/common/flat_image.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>

#include "kernel/abi/flat_image.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

using kernel::Error;
using kernel::Result;

// Above, the nucleus has no pages that protect an image (kernel/image.ld.in).
constexpr std::uint32_t kEndOfImages = 0x400000;
constexpr std::uint32_t kPage = 4096;

struct Sums {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};

Sums SumsOf(std::span<const std::byte> bytes) {
  Sums sums;
  for (; bytes.size() >= sizeof(std::uint32_t); bytes = bytes.subspan(sizeof(std::uint32_t))) {
    std::uint32_t word;
    std::memcpy(&word, bytes.data(), sizeof(word));
    sums.first += word;
    sums.second += sums.first;
  }
  return sums;
}

bool MakesSense(const abi::FlatHeader& header, std::size_t image_size) {
  const auto inside = [&](std::uint32_t entry) {
    return entry >= ABI_FLAT_BASE && entry < header.load_end;
  };
  return header.magic == ABI_FLAT_MAGIC && header.load_end >= ABI_FLAT_BASE &&
         header.load_end - ABI_FLAT_BASE == image_size && header.load_end % kPage == 0 &&
         inside(header.entry32) && inside(header.entry64) && header.zero_begin >= header.load_end &&
         header.zero_end >= header.zero_begin && header.zero_end <= kEndOfImages &&
         header.zero_begin % 8 == 0 && header.zero_end % 8 == 0;
}

}  // namespace

std::array<std::uint32_t, kSealWords> SealOf(std::span<const std::byte> image) {
  const Sums sums = SumsOf(image);
  // After the first word the first sum is -second, after both it is 0; so is then the second sum.
  return {0 - sums.first - sums.second, sums.second};
}

Result<abi::FlatHeader> CheckSealedImage(std::span<const std::byte> sealed) {
  const Sums sums = SumsOf(sealed);
  if (sealed.size() < ABI_FLAT_HEADER_OFFSET + sizeof(abi::FlatHeader) + kSealSize ||
      sums.first != 0 || sums.second != 0) {
    return std::unexpected(Error::kMalformed);
  }
  abi::FlatHeader header;
  std::memcpy(&header, sealed.subspan(ABI_FLAT_HEADER_OFFSET).data(), sizeof(header));
  if (!MakesSense(header, sealed.size() - kSealSize)) return std::unexpected(Error::kMalformed);
  return header;
}

}  // namespace boot
