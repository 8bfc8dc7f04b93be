// The parts of Linux's "zero page" that an image reads when a loader starts it by the 64-bit
// protocol.
//
// Source: Linux, Documentation/arch/x86/zero-page.rst and boot.rst ("64-bit BOOT PROTOCOL").
#ifndef KERNEL_ABI_LINUX_BOOT_H_
#define KERNEL_ABI_LINUX_BOOT_H_

#include <cstddef>
#include <cstdint>

namespace abi::linux_boot {

inline constexpr std::size_t kZeroPageSize = 4096;

// Offsets into boot_params.
inline constexpr std::size_t kRsdpOffset = 0x070;             // uint64: 0 if not given.
inline constexpr std::size_t kRamdiskHighOffset = 0x0c0;      // uint32: ext_ramdisk_image.
inline constexpr std::size_t kRamdiskSizeHighOffset = 0x0c4;  // uint32: ext_ramdisk_size.
inline constexpr std::size_t kCmdLineHighOffset = 0x0c8;      // uint32: ext_cmd_line_ptr.
inline constexpr std::size_t kMapCountOffset = 0x1e8;         // uint8: entries of the E820 table.
inline constexpr std::size_t kBootFlagOffset = 0x1fe;         // uint16: kBootFlag.
inline constexpr std::size_t kHeaderOffset = 0x202;           // uint32: kHeaderMagic.
inline constexpr std::size_t kLoaderOffset = 0x210;           // uint8: type_of_loader.
inline constexpr std::size_t kRamdiskOffset = 0x218;          // uint32: ramdisk_image.
inline constexpr std::size_t kRamdiskSizeOffset = 0x21c;      // uint32: ramdisk_size; 0 if none.
inline constexpr std::size_t kCmdLineOffset = 0x228;          // uint32: cmd_line_ptr.
inline constexpr std::size_t kMapOffset = 0x2d0;              // E820Entry[kMaxMapEntries].

inline constexpr std::uint16_t kBootFlag = 0xaa55;
inline constexpr std::uint32_t kHeaderMagic = 0x53726448;  // "HdrS"
inline constexpr std::size_t kMaxMapEntries = 128;

struct [[gnu::packed]] E820Entry {
  std::uint64_t base;
  std::uint64_t size;
  std::uint32_t type;  // 1 usable, 3 ACPI reclaimable, others reserved.
};
static_assert(sizeof(E820Entry) == 20);

}  // namespace abi::linux_boot

#endif  // KERNEL_ABI_LINUX_BOOT_H_
