#include "images/formats/identity/identity.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <format>

namespace identity {
namespace {

constexpr std::size_t kSector = 512;

// Footer of a VHD file: its last sector; numbers are big-endian.
constexpr std::string_view kVhdCookie = "conectix";
constexpr std::size_t kVhdTimeStamp = 24;
constexpr std::size_t kVhdDiskType = 60;
constexpr std::size_t kVhdChecksum = 64;
constexpr std::size_t kVhdUniqueId = 68;
constexpr std::uint32_t kVhdFixed = 2;

// Header of a sparse extent: the first sector; numbers are little-endian, places are in sectors.
constexpr std::string_view kVmdkMagic = "KDMV";
constexpr std::size_t kVmdkDescriptorOffset = 28;
constexpr std::size_t kVmdkDescriptorSize = 36;
constexpr std::string_view kVmdkCid = "\nCID=";

template <typename Number>
Number Load(std::span<const std::byte> bytes, std::size_t offset, std::endian order) {
  Number number;
  std::memcpy(&number, bytes.data() + offset, sizeof(number));
  return order == std::endian::native ? number : std::byteswap(number);
}

void StoreBig(std::uint32_t number, std::span<std::byte> bytes, std::size_t offset) {
  number = std::byteswap(number);
  std::memcpy(bytes.data() + offset, &number, sizeof(number));
}

std::string_view Text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<void> SetVhd(const Identity& identity, std::span<std::byte> footer) {
  if (Load<std::uint32_t>(footer, kVhdDiskType, std::endian::big) != kVhdFixed) {
    return std::unexpected("not a fixed VHD; make it with -o subformat=fixed");
  }
  StoreBig(0, footer, kVhdTimeStamp);
  std::ranges::copy(identity, footer.begin() + kVhdUniqueId);
  StoreBig(0, footer, kVhdChecksum);
  std::uint32_t sum = 0;
  for (const std::byte byte : footer) sum += std::to_integer<std::uint32_t>(byte);
  StoreBig(~sum, footer, kVhdChecksum);
  return {};
}

// The descriptor's sectors; a range that is not in the file is an error.
Result<std::span<std::byte>> VmdkDescriptor(std::span<std::byte> file) {
  const auto offset = Load<std::uint64_t>(file, kVmdkDescriptorOffset, std::endian::little);
  const auto size = Load<std::uint64_t>(file, kVmdkDescriptorSize, std::endian::little);
  const std::uint64_t sectors = file.size() / kSector;
  if (offset == 0 || size == 0 || offset >= sectors || size > sectors - offset) {
    return std::unexpected("this VMDK has no descriptor inside");
  }
  return file.subspan(offset * kSector, size * kSector);
}

Result<void> SetVmdk(const Identity& identity, std::span<std::byte> file) {
  const auto descriptor = VmdkDescriptor(file);
  if (!descriptor) return std::unexpected(descriptor.error());
  std::string text(Text(*descriptor));
  text.resize(std::min(text.find('\0'), text.size()));
  const std::size_t line = text.find(kVmdkCid);
  if (line == std::string::npos) return std::unexpected("this VMDK's descriptor has no CID");
  const std::size_t value = line + kVmdkCid.size();
  const std::size_t end = std::min(text.find('\n', value), text.size());
  // The two highest values mean "no parent" and "no identity".
  const auto cid = Load<std::uint32_t>(identity, 0, std::endian::big) & 0x7fffffff;
  text.replace(value, end - value, std::format("{:08x}", cid));
  if (text.size() > descriptor->size()) {
    return std::unexpected("this VMDK's descriptor has no room for a CID of eight digits");
  }
  std::ranges::fill(*descriptor, std::byte{0});
  std::memcpy(descriptor->data(), text.data(), text.size());
  return {};
}

}  // namespace

Result<Identity> IdentityFromHex(std::string_view digits) {
  Identity identity = {};
  for (std::size_t i = 0; i < identity.size(); ++i) {
    const std::string_view pair = digits.substr(std::min(2 * i, digits.size()), 2);
    std::uint8_t value = 0;
    const auto [end, error] = std::from_chars(pair.data(), pair.data() + pair.size(), value, 16);
    if (pair.size() != 2 || error != std::errc() || end != pair.data() + 2) {
      return std::unexpected(
          std::format("\"{}\" does not begin with 32 hexadecimal digits", digits));
    }
    identity[i] = std::byte{value};
  }
  return identity;
}

Result<void> SetIdentity(const Identity& identity, std::span<std::byte> file) {
  if (file.size() >= kSector) {
    if (Text(file).starts_with(kVmdkMagic)) return SetVmdk(identity, file);
    const std::span<std::byte> footer = file.last(kSector);
    if (Text(footer).starts_with(kVhdCookie)) return SetVhd(identity, footer);
  }
  return std::unexpected("neither a VHD nor a VMDK file");
}

}  // namespace identity
