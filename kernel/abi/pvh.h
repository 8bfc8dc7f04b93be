// The start-of-day structures of a PVH loader (QEMU's -kernel with an ELF note, Xen, Firecracker).
//
// Source: Xen, public/arch-x86/hvm/start_info.h, versions 0 and 1.
#ifndef KERNEL_ABI_PVH_H_
#define KERNEL_ABI_PVH_H_

#include <cstddef>
#include <cstdint>

namespace abi::pvh {

inline constexpr std::uint32_t kMagic = 0x336ec578;

/// hvm_start_info; %ebx points to it. Version 0 ends before memory_map.
struct StartInfo {
  std::uint32_t magic;
  std::uint32_t version;
  std::uint32_t flags;
  std::uint32_t module_count;
  std::uint64_t modules;       // Physical address of Module[module_count].
  std::uint64_t command_line;  // Physical address of a NUL-terminated string, or 0.
  std::uint64_t rsdp;          // Physical address of the ACPI RSDP, or 0.
  std::uint64_t memory_map;    // Physical address of MapEntry[map_count].
  std::uint32_t map_count;
  std::uint32_t reserved;
};
static_assert(sizeof(StartInfo) == 56);
inline constexpr std::size_t kStartInfoSizeV0 = offsetof(StartInfo, memory_map);

struct Module {
  std::uint64_t base;
  std::uint64_t size;
  std::uint64_t command_line;  // Physical address of a NUL-terminated string, or 0.
  std::uint64_t reserved;
};
static_assert(sizeof(Module) == 32);

struct MapEntry {
  std::uint64_t base;
  std::uint64_t size;
  std::uint32_t type;  // E820 type: 1 usable, 3 ACPI reclaimable, others reserved.
  std::uint32_t reserved;
};
static_assert(sizeof(MapEntry) == 24);

}  // namespace abi::pvh

#endif  // KERNEL_ABI_PVH_H_
