// ElfImage: what an ELF64 file says about itself, checked.
//
// Source: System V ABI, generic, chapters 4 and 5 (ELF header, program header, note section); AMD64
// supplement, section 4.1. Pure: bytes in, description out.
#ifndef VMM_LOADER_ELF_IMAGE_H_
#define VMM_LOADER_ELF_IMAGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "kernel/abi/boot_block.h"
#include "vmm/base/address.h"
#include "vmm/base/result.h"

namespace vmm {

/// A PT_LOAD segment of at least one byte of memory.
struct Segment {
  GuestAddr address;     // Physical.
  Bytes memory_size;     // address + memory_size does not wrap.
  Bytes file_size;       // At most memory_size; the rest is zero.
  std::uint64_t offset;  // offset + file_size lies in the file.
  bool writable;

  GuestAddr end() const { return address + memory_size; }
};

struct ElfImage {
  GuestAddr entry;                           // Lies in a segment.
  std::vector<Segment> segments;             // Ascending; none overlap; at least one.
  std::optional<abi::BootBlock> boot_block;  // Of our own images; its version is ours.
  std::optional<GuestAddr> pvh_entry;        // Of PVH images.

  GuestAddr end() const { return segments.back().end(); }
};

/// Every error is kInvalidArgument and names what is wrong with the file and the remedy.
[[nodiscard]] Result<ElfImage> ParseElf(std::span<const std::byte> file);

/// Takes BootBlock and PVH entry out of one PT_NOTE segment. `alignment` is the segment's own.
[[nodiscard]] Result<void> ParseNotes(std::span<const std::byte> notes, std::uint64_t alignment,
                                      ElfImage& image);

}  // namespace vmm

#endif  // VMM_LOADER_ELF_IMAGE_H_
