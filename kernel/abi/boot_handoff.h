// What every boot path hands to KernelMain: one struct, whichever loader came before.
//
// Included by assembly (the ABI_BOOT_ constants), by the kernel, by boot translators on the host
// and by the monitor, which fills the struct itself when it enters ring 3 directly.
#ifndef KERNEL_ABI_BOOT_HANDOFF_H_
#define KERNEL_ABI_BOOT_HANDOFF_H_

// How the image was started; the first argument of Ring3Entry (%edi).
#define ABI_BOOT_MONITOR 1     // %rsi = a BootHandoff that our monitor has filled.
#define ABI_BOOT_PVH 2         // %rsi = hvm_start_info (kernel/abi/pvh.h).
#define ABI_BOOT_LINUX64 3     // %rsi = boot_params (kernel/abi/linux_boot.h).
#define ABI_BOOT_MULTIBOOT 4   // %rsi = multiboot::Info (kernel/abi/multiboot.h).
#define ABI_BOOT_MULTIBOOT2 5  // %rsi = multiboot2::Info (kernel/abi/multiboot.h).

#ifndef __ASSEMBLER__
#include <cstddef>
#include <cstdint>

namespace abi {

/// A run of physical memory, in bytes: [base, base + size).
struct MemoryRange {
  enum class Kind : std::uint32_t { kUsable = 1, kReserved = 2, kAcpi = 3 };

  std::uint64_t base;
  std::uint64_t size;
  Kind kind;
  std::uint32_t zero;
};
static_assert(sizeof(MemoryRange) == 24);

/// A file that the loader put into memory beside the image (initrd, multiboot module).
struct BootModule {
  std::uint64_t base;          // Physical address of its first byte.
  std::uint64_t size;          // In bytes; may be 0.
  std::uint64_t command_line;  // Physical address of a NUL-terminated string; never 0.
};
static_assert(sizeof(BootModule) == 24);

/// Filled once by the boot translator or the monitor; read-only from then on.
///
/// Lives as long as the image does. What the image makes of a loader's structures lies on the main
/// stack, below frames that are never left; our monitor places its own where nothing else lies.
struct BootHandoff {
  static constexpr std::uint32_t kMaxRanges = 64;
  static constexpr std::uint32_t kMaxModules = 8;

  std::uint32_t protocol;           // ABI_BOOT_MONITOR and so on.
  std::uint32_t range_count;        // 1 to kMaxRanges.
  MemoryRange ranges[kMaxRanges];   // Ascending by base; none overlap; none is empty.
  std::uint64_t command_line;       // Physical address of a NUL-terminated string; never 0.
  std::uint64_t rsdp;               // Physical address of the ACPI RSDP; 0 if none.
  std::uint64_t tsc_khz;            // Frequency of the time-stamp counter; 0 if not known.
  std::uint32_t module_count;       // 0 to kMaxModules.
  std::uint32_t cpu_count;          // APIC ids 0 to cpu_count - 1; 0: ACPI's or the MP table tells.
  BootModule modules[kMaxModules];  // In the loader's order.
};
static_assert(sizeof(BootHandoff) == 8 + 64 * sizeof(MemoryRange) + 32 + 8 * sizeof(BootModule));
static_assert(offsetof(BootHandoff, command_line) == 1544);
static_assert(offsetof(BootHandoff, module_count) == 1568);

}  // namespace abi
#endif  // __ASSEMBLER__

#endif  // KERNEL_ABI_BOOT_HANDOFF_H_
