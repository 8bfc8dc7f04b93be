// What makes two disk files of the same content differ: identifiers that qemu-img draws at random
// and the time of day. They are set to values that the content decides, in place.
//
// For set_identity, which is a step of the disk_image rule.
//
// Source: Virtual Hard Disk Image Format Specification (Microsoft, 2006), "Hard Disk Footer
// Format"; Virtual Disk Format 5.0 (VMware, 2011), "Hosted Sparse Extents" and "The Descriptor
// File".
#ifndef IMAGES_FORMATS_IDENTITY_IDENTITY_H_
#define IMAGES_FORMATS_IDENTITY_IDENTITY_H_

#include <array>
#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace identity {

/// A value, or one line that names the cause.
template <typename T>
using Result = std::expected<T, std::string>;

/// The same for the same content.
using Identity = std::array<std::byte, 16>;

/// Reads 32 lower-case hexadecimal digits; more that follow are ignored, so that a digest serves.
[[nodiscard]] Result<Identity> IdentityFromHex(std::string_view digits);

/// Sets the identity of a fixed VHD file (unique id; time stamp 0, which is the year 2000) or of a
/// VMDK file of one sparse extent with embedded descriptor (CID). An error for any other file; it
/// is then unchanged.
[[nodiscard]] Result<void> SetIdentity(const Identity& identity, std::span<std::byte> file);

}  // namespace identity

#endif  // IMAGES_FORMATS_IDENTITY_IDENTITY_H_
