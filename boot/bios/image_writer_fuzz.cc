// Any bytes as a flat image and a command line: the writer must refuse them or make a boot image
// that its loader would take.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

#include "boot/bios/image_writer.h"
#include "boot/bios/layout.h"
#include "kernel/abi/flat_image.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kHeaderEnd = ABI_FLAT_HEADER_OFFSET + sizeof(abi::FlatHeader);
  const boot::bios::ByteVector loader(BIOS_LOADER_SIZE);
  // The input is the header, a command line of at most 64 characters, and what follows the header.
  boot::bios::ByteVector flat(kHeaderEnd);
  const std::size_t in_header = std::min(size, sizeof(abi::FlatHeader) - 4);
  const std::uint32_t magic = ABI_FLAT_MAGIC;
  std::memcpy(&flat[ABI_FLAT_HEADER_OFFSET], &magic, sizeof(magic));
  std::memcpy(&flat[ABI_FLAT_HEADER_OFFSET + 4], data, in_header);
  const std::span<const std::byte> rest = std::as_bytes(std::span(data, size)).subspan(in_header);
  flat.insert(flat.end(), rest.begin(), rest.end());
  const std::string_view text(reinterpret_cast<const char*>(rest.data()),
                              std::min<std::size_t>(rest.size(), 64));
  // What could only be refused for want of memory here is not tried.
  std::uint32_t load_end = 0;
  std::memcpy(&load_end, &flat[ABI_FLAT_HEADER_OFFSET + offsetof(abi::FlatHeader, load_end)], 4);
  if (load_end > ABI_FLAT_BASE + (16U << 20)) return 0;

  const auto image =
      boot::bios::MakeBootImage({.loader = loader, .flat = flat, .command_line = text});
  if (!image) return 0;
  std::uint32_t sum = 0;
  std::uint32_t sum_of_sums = 0;
  for (std::size_t offset = BIOS_LOADER_SIZE; offset < image->size(); offset += 4) {
    std::uint32_t word = 0;
    std::memcpy(&word, &(*image)[offset], sizeof(word));
    sum += word;
    sum_of_sums += sum;
  }
  if (sum != 0 || sum_of_sums != 0 || image->size() % 2048 != 0) std::abort();
  return 0;
}
