// The image without its ELF file: its bytes from ABI_FLAT_BASE to FlatHeader::load_end as they lie
// in memory, for loaders of our own that read disks and know no ELF (boot/bios, boot/uefi), and for
// a Linux bzImage.
//
// A loader puts the bytes at ABI_FLAT_BASE, finds a FlatHeader at ABI_FLAT_HEADER_OFFSET in them,
// and enters with %esi = boot_params (kernel/abi/linux_boot.h) at one of its two entries.
#ifndef KERNEL_ABI_FLAT_IMAGE_H_
#define KERNEL_ABI_FLAT_IMAGE_H_

#define ABI_FLAT_BASE 0x100000
#define ABI_FLAT_HEADER_OFFSET 0x300
#define ABI_FLAT_MAGIC 0x6f726f54  // "Toro"

#ifndef __ASSEMBLER__
#include <cstddef>
#include <cstdint>

namespace abi {

/// Addresses are physical.
struct FlatHeader {
  std::uint32_t magic;       // ABI_FLAT_MAGIC.
  std::uint32_t entry32;     // By Linux's 32-bit boot protocol; zeroes memory itself.
  std::uint32_t entry64;     // By Linux's 64-bit boot protocol; the loader has zeroed memory.
  std::uint32_t load_end;    // Where the bytes end; a multiple of 4096.
  std::uint32_t zero_begin;  // [zero_begin, zero_end) must hold zeroes; both are multiples of 8.
  std::uint32_t zero_end;    // The image's last byte is before this.
};
static_assert(sizeof(FlatHeader) == 24);
static_assert(offsetof(FlatHeader, zero_end) == 20);

}  // namespace abi
#endif  // __ASSEMBLER__

#endif  // KERNEL_ABI_FLAT_IMAGE_H_
