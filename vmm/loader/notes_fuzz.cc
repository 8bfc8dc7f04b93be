// Any bytes may stand in a note segment, with either alignment.
#include <cstddef>
#include <cstdint>
#include <span>

#include "vmm/loader/elf_image.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  vmm::ElfImage image = {};
  const auto parsed =
      vmm::ParseNotes(std::as_bytes(std::span(data + 1, size - 1)), data[0] % 16, image);
  if (parsed && image.boot_block && image.boot_block->version != ABI_BOOT_BLOCK_VERSION) {
    __builtin_trap();
  }
  return 0;
}
