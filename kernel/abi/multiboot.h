// What a multiboot loader (GRUB, QEMU's -kernel) reads in an image and leaves in memory for it.
//
// Source: Multiboot Specification 0.6.96, section 3; Multiboot2 Specification 2.0, section 3.
#ifndef KERNEL_ABI_MULTIBOOT_H_
#define KERNEL_ABI_MULTIBOOT_H_

// The header in the image's file. Its fields add up to 0.
#define ABI_MULTIBOOT_HEADER_MAGIC 0x1badb002
#define ABI_MULTIBOOT_ALIGN_MODULES 0x1  // Flag: modules begin at page boundaries.
#define ABI_MULTIBOOT_WANT_MEMORY 0x2    // Flag: say where RAM is.
#define ABI_MULTIBOOT2_HEADER_MAGIC 0xe85250d6
#define ABI_MULTIBOOT2_I386 0  // The image is entered in 32-bit protected mode.
#define ABI_MULTIBOOT2_HEADER_END 0
#define ABI_MULTIBOOT2_HEADER_ALIGN_MODULES 6

// %eax when the image is entered.
#define ABI_MULTIBOOT_LOADER_MAGIC 0x2badb002
#define ABI_MULTIBOOT2_LOADER_MAGIC 0x36d76289

#ifndef __ASSEMBLER__
#include <cstddef>
#include <cstdint>

namespace abi::multiboot {

// Info::flags: which fields the loader has filled.
inline constexpr std::uint32_t kHasMemory = 1u << 0;
inline constexpr std::uint32_t kHasCommandLine = 1u << 2;
inline constexpr std::uint32_t kHasModules = 1u << 3;
inline constexpr std::uint32_t kHasMap = 1u << 6;
inline constexpr std::uint32_t kHasLoaderName = 1u << 9;

/// %ebx points to it. Only the fields that we read, and what lies between them.
struct Info {
  std::uint32_t flags;
  std::uint32_t memory_lower;  // KiB from 0.
  std::uint32_t memory_upper;  // KiB from 1 MiB, up to the first hole.
  std::uint32_t boot_device;
  std::uint32_t command_line;  // Physical address of a NUL-terminated string.
  std::uint32_t module_count;
  std::uint32_t modules;  // Physical address of Module[module_count].
  std::uint32_t symbols[4];
  std::uint32_t map_size;  // In bytes.
  std::uint32_t map;       // Physical address of the first MapEntry.
  std::uint32_t drives_size;
  std::uint32_t drives;
  std::uint32_t configuration;
  std::uint32_t loader_name;  // Physical address of a NUL-terminated string.
};
static_assert(sizeof(Info) == 68);

struct Module {
  std::uint32_t begin;
  std::uint32_t end;           // The first byte after it.
  std::uint32_t command_line;  // Physical address of a NUL-terminated string.
  std::uint32_t reserved;
};
static_assert(sizeof(Module) == 16);

struct [[gnu::packed]] MapEntry {
  std::uint32_t size;  // Of what follows: the next entry begins 4 + size bytes after this one.
  std::uint64_t base;
  std::uint64_t bytes;
  std::uint32_t type;  // As in E820: 1 usable, 3 ACPI reclaimable, others reserved.
};
static_assert(sizeof(MapEntry) == 24);

}  // namespace abi::multiboot

namespace abi::multiboot2 {

/// %ebx points to it. Tags follow, each at a multiple of 8 bytes, up to a kEnd.
struct Info {
  std::uint32_t total_size;  // In bytes, this structure and the last tag included.
  std::uint32_t reserved;
};
static_assert(sizeof(Info) == 8);

enum class TagType : std::uint32_t {
  kEnd = 0,
  kCommandLine = 1,  // A NUL-terminated string.
  kModule = 3,       // A Module.
  kMemory = 4,       // A Memory.
  kMap = 6,          // A Map.
  kOldRsdp = 14,     // A copy of the RSDP of ACPI 1.0.
  kNewRsdp = 15,     // A copy of the RSDP of ACPI 2.0 or later.
};

struct Tag {
  TagType type;
  std::uint32_t size;  // In bytes, this structure included, but not what aligns the next tag.
};
static_assert(sizeof(Tag) == 8);

/// A NUL-terminated string follows.
struct Module {
  Tag tag;
  std::uint32_t begin;
  std::uint32_t end;  // The first byte after it.
};
static_assert(sizeof(Module) == 16);

struct Memory {
  Tag tag;
  std::uint32_t lower;  // KiB from 0.
  std::uint32_t upper;  // KiB from 1 MiB, up to the first hole.
};
static_assert(sizeof(Memory) == 16);

/// As many entries follow as have room in the tag.
struct Map {
  Tag tag;
  std::uint32_t entry_size;  // From one MapEntry to the next: a multiple of 8.
  std::uint32_t entry_version;
};
static_assert(sizeof(Map) == 16);

struct MapEntry {
  std::uint64_t base;
  std::uint64_t bytes;
  std::uint32_t type;  // As in E820: 1 usable, 3 ACPI reclaimable, others reserved.
  std::uint32_t reserved;
};
static_assert(sizeof(MapEntry) == 24);

}  // namespace abi::multiboot2
#endif  // __ASSEMBLER__

#endif  // KERNEL_ABI_MULTIBOOT_H_
