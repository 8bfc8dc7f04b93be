// The notes of an image: our BootBlock (kernel/abi/boot_block.h) and the PVH entry.
//
// Source: Xen, public/elfnote.h, XEN_ELFNOTE_PHYS32_ENTRY.
#include <elf.h>

#include <cstring>
#include <string_view>

#include "vmm/base/text.h"
#include "vmm/loader/elf_image.h"

namespace vmm {
namespace {

constexpr std::string_view kXenName = "Xen";
constexpr std::uint32_t kXenPhys32Entry = 18;

Result<void> TakeBootBlock(std::span<const std::byte> descriptor, ElfImage& image) {
  abi::BootBlock block;
  // The version stands first, so that it can be read whatever the rest has become.
  if (descriptor.size() < sizeof(block.version)) {
    return InvalidArgument("has a BootBlock that is cut short; link it again");
  }
  std::memcpy(&block.version, descriptor.data(), sizeof(block.version));
  if (block.version != ABI_BOOT_BLOCK_VERSION) {
    return InvalidArgument(Cat("has a BootBlock of version ", block.version,
                               ", and this monitor knows ", ABI_BOOT_BLOCK_VERSION,
                               "; build image and monitor from one source"));
  }
  if (descriptor.size() < sizeof(block)) {
    return InvalidArgument("has a BootBlock that is cut short; link it again");
  }
  std::memcpy(&block, descriptor.data(), sizeof(block));
  image.boot_block = block;
  return {};
}

Result<void> TakePvhEntry(std::span<const std::byte> descriptor, ElfImage& image) {
  std::uint64_t entry = 0;
  // Linkers write 4 or 8 bytes; the value has 32 bits.
  if (descriptor.size() != 4 && descriptor.size() != 8) {
    return InvalidArgument("has a PVH note of a size that is neither 4 nor 8; link it again");
  }
  std::memcpy(&entry, descriptor.data(), descriptor.size());
  if (entry > 0xffffffff) {
    return InvalidArgument("has its PVH entry above 4 GiB, where 32-bit code cannot start");
  }
  image.pvh_entry = GuestAddr(entry);
  return {};
}

Result<void> TakeNote(std::string_view name, std::uint32_t type,
                      std::span<const std::byte> descriptor, ElfImage& image) {
  if (name == abi::kNoteName && type == ABI_BOOT_BLOCK_NOTE) {
    return TakeBootBlock(descriptor, image);
  }
  if (name == kXenName && type == kXenPhys32Entry) return TakePvhEntry(descriptor, image);
  return {};  // Others' notes are none of our business.
}

}  // namespace

Result<void> ParseNotes(std::span<const std::byte> notes, std::uint64_t alignment,
                        ElfImage& image) {
  const std::uint64_t mask = (alignment == 8 ? 8 : 4) - 1;
  std::uint64_t at = 0;
  while (at < notes.size()) {
    Elf64_Nhdr header;
    if (notes.size() - at < sizeof(header)) break;  // Padding at the end.
    std::memcpy(&header, notes.data() + at, sizeof(header));
    // 32-bit sizes in 64-bit sums: nothing wraps.
    const std::uint64_t name_at = at + sizeof(header);
    const std::uint64_t descriptor_at = (name_at + header.n_namesz + mask) & ~mask;
    const std::uint64_t next = (descriptor_at + header.n_descsz + mask) & ~mask;
    if (name_at + header.n_namesz > notes.size() ||
        (header.n_descsz != 0 && descriptor_at + header.n_descsz > notes.size())) {
      return InvalidArgument("has a note that goes beyond its segment; link it again");
    }
    std::string_view name(reinterpret_cast<const char*>(notes.data() + name_at), header.n_namesz);
    name = name.substr(0, name.find('\0'));
    // An empty descriptor may begin in padding that the segment does not have.
    const auto descriptor =
        header.n_descsz == 0 ? notes.first(0) : notes.subspan(descriptor_at, header.n_descsz);
    if (const auto taken = TakeNote(name, header.n_type, descriptor, image); !taken) return taken;
    at = next;
  }
  return {};
}

}  // namespace vmm
