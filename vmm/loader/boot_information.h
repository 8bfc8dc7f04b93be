// What a loader leaves in memory for the image: the counterpart of the translators in //boot.
//
// Each of the three ways of starting has a structure of its own; all of them name the same command
// line and the same RAM.
#ifndef VMM_LOADER_BOOT_INFORMATION_H_
#define VMM_LOADER_BOOT_INFORMATION_H_

#include <cstdint>
#include <string_view>

#include "kernel/abi/boot_block.h"
#include "vmm/base/address.h"
#include "vmm/base/result.h"
#include "vmm/memory/guest_memory.h"

namespace vmm {

/// Where WriteHandoff put things.
struct HandoffPlace {
  GuestAddr handoff;  // The BootHandoff, for %rsi.
  GuestAddr stack;    // What is left of the main stack, for %rsp: 16-byte aligned.
};

/// For BootMode::kDirect: a BootHandoff, and the command line if it is short, on top of the main
/// stack, where the image touches a page anyway. `tsc_khz` may be 0. Of `cpus` processors the APIC
/// ids are 0 and up. The BootBlock's addresses are
/// checked.
[[nodiscard]] Result<HandoffPlace> WriteHandoff(const abi::BootBlock& block,
                                                std::string_view command_line,
                                                std::uint64_t tsc_khz, std::uint32_t cpus,
                                                GuestMemory& memory);

/// For BootMode::kLinux64: boot_params at layout::kZeroPage, descriptor table and page tables that
/// map 4 GiB one to one. Source: Linux, Documentation/arch/x86/boot.rst, "64-bit BOOT PROTOCOL".
[[nodiscard]] Result<void> WriteLinuxBoot(std::string_view command_line, GuestMemory& memory);

/// For BootMode::kPvh: hvm_start_info and memory map at layout::kStartInfo.
/// Source: Xen, docs/misc/pvh.pandoc; public/arch-x86/hvm/start_info.h, version 1.
[[nodiscard]] Result<void> WritePvhBoot(std::string_view command_line, GuestMemory& memory);

}  // namespace vmm

#endif  // VMM_LOADER_BOOT_INFORMATION_H_
