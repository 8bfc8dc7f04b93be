// Any bytes as the program that firmware has loaded: sections that are found lie in it, and so does
// what is taken for an image.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include "boot/common/flat_image.h"
#include "boot/uefi/sections.h"
#include "boot/uefi/test_program.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::byte> kGood = [] {
    boot::uefi::TestProgram program;
    program.Add(".image", boot::uefi::TestImage());
    return program.bytes();
  }();
  // The input changes its headers.
  std::vector<std::byte> bytes = kGood;
  const std::size_t place = boot::uefi::TestProgram::kPeOffset;
  if (size > bytes.size() - place) return 0;
  for (std::size_t i = 0; i < size; ++i) bytes[place + i] ^= std::byte{data[i]};

  const auto section = boot::uefi::FindSection(bytes, ".image");
  if (!section) return 0;
  if (section->data() < bytes.data() ||
      section->data() + section->size() > bytes.data() + bytes.size()) {
    std::abort();
  }
  const auto header = boot::CheckSealedImage(*section);
  if (header && header->load_end - ABI_FLAT_BASE + boot::kSealSize != section->size()) std::abort();
  return 0;
}
