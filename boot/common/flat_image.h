// A flat image as loaders carry it: the bytes of kernel/abi/flat_image.h up to load_end, and behind
// them a seal of two words, by which a loader sees that nothing was changed or left out.
//
// Sums over little-endian 32-bit words: the first of the words, the second of what the first was
// after each word, so that words which changed places show too. Over image and seal both are 0.
#ifndef BOOT_COMMON_FLAT_IMAGE_H_
#define BOOT_COMMON_FLAT_IMAGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernel/abi/flat_image.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {

inline constexpr std::size_t kSealWords = 2;
inline constexpr std::size_t kSealSize = kSealWords * sizeof(std::uint32_t);

/// The seal of `image`, whose size is a multiple of 4.
[[nodiscard]] std::array<std::uint32_t, kSealWords> SealOf(std::span<const std::byte> image);

/// The header of a sealed image, of which every field makes sense.
///
/// kMalformed: truncated, changed, or no flat image at all.
[[nodiscard]] kernel::Result<abi::FlatHeader> CheckSealedImage(std::span<const std::byte> sealed);

}  // namespace boot

#endif  // BOOT_COMMON_FLAT_IMAGE_H_
