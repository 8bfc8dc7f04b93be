// ImageWriter: from an image's bytes to what a BIOS, or a loader that speaks Linux's boot protocol,
// starts.
//
// A boot image is the loader (boot/bios) and behind it the image: a Linux bzImage, and at the same
// time what El Torito calls a boot image without emulation. A disk is one sector and a boot image.
//
// For the host tool write_image and its tests.
#ifndef BOOT_BIOS_IMAGE_WRITER_H_
#define BOOT_BIOS_IMAGE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace boot::bios {

template <typename T>
using Result = std::expected<T, std::string>;
using ByteVector = std::vector<std::byte>;

/// A disk image may be a multiple of this, with every byte of it loaded: Toro's "memory copy".
inline constexpr std::size_t kMemoryCopySize = 4 << 20;

/// Longest command line, without its NUL.
inline constexpr std::size_t kMaxCommandLine = 65535;

/// How the loader reads.
enum class Reading {
  kInChunks,   // As much as a BIOS takes at once.
  kBySectors,  // One sector a call, as Toro's loader did.
};

struct BootImageParts {
  std::span<const std::byte> loader;  // //boot/bios:loader.
  std::span<const std::byte> flat;    // kernel/abi/flat_image.h.
  std::string_view command_line;      // For what starts without one: disks and CDs.
  Reading reading = Reading::kInChunks;
  std::size_t minimum_size = 0;  // Zeroes fill up to there; a multiple of a CD sector.
};

/// The boot image. Behind the loader come the image up to its load_end, the command line, zeroes,
/// and two words, chosen so that s1 and s2 end as 0 over all 32-bit words w: s1 += w, s2 += s1.
///
/// An error names the part that is wrong.
[[nodiscard]] Result<ByteVector> MakeBootImage(const BootImageParts& parts);

/// Smallest disk that SeaBIOS starts on any controller: one cylinder of the geometry that it gives
/// to disks which name none.
inline constexpr std::size_t kCylinderSize = 16 * 63 * 512;

/// A disk that starts a boot image: sector 0 (//boot/bios:mbr) with one active partition that
/// covers the boot image, and the boot image. Not filled up to kCylinderSize.
[[nodiscard]] Result<ByteVector> MakeDisk(std::span<const std::byte> mbr,
                                          std::span<const std::byte> boot_image);

/// A disk of kMemoryCopySize that is read whole, sector by sector; parts.reading and minimum_size
/// are not looked at.
[[nodiscard]] Result<ByteVector> MakeMemoryCopyDisk(std::span<const std::byte> mbr,
                                                    BootImageParts parts);

}  // namespace boot::bios

#endif  // BOOT_BIOS_IMAGE_WRITER_H_
