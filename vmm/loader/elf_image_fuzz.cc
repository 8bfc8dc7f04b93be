// Any file is described or refused; what is described must keep ElfImage's promises. The input
// overwrites a good image piece by piece, so that the checks behind the first are reached as well.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "vmm/loader/elf_image.h"
#include "vmm/testing/elf_builder.h"

namespace {

std::string GoodImage() {
  constexpr std::uint64_t kBase = 0x100000;
  abi::BootBlock block = {};
  block.version = ABI_BOOT_BLOCK_VERSION;
  block.ring3_entry = kBase;
  return vmm::testing::ElfBuilder(kBase)
      .AddSegment(kBase, "code")
      .AddSegment(kBase + 0x1000, "data", PF_R | PF_W, 64)
      .AddBootBlock(block)
      .AddPvhNote(kBase)
      .Build();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string kGood = GoodImage();
  std::string file = kGood;
  // Records of offset (2 bytes) and 8 bytes to put there; the offsets of headers and notes are
  // small.
  for (; size >= 10; data += 10, size -= 10) {
    const std::size_t offset = (data[0] | data[1] << 8) % (file.size() - 8);
    std::memcpy(file.data() + offset, data + 2, 8);
  }
  if (size > 0) file.resize(file.size() * data[0] / 255);
  const auto image = vmm::ParseElf(vmm::testing::AsBytes(file));
  if (!image) return 0;
  vmm::GuestAddr end(0);
  for (const vmm::Segment& segment : image->segments) {
    if (segment.address < end || segment.end() <= segment.address ||
        segment.file_size > segment.memory_size ||
        segment.offset + segment.file_size.count() > file.size()) {
      __builtin_trap();
    }
    end = segment.end();
  }
  if (image->segments.empty() || image->entry >= end) __builtin_trap();
  return 0;
}
