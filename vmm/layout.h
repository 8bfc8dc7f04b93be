// Every guest address that the monitor chooses by itself, each with its reason.
//
// Only the compatible ways of starting (boot=linux64, boot=pvh) and very long command lines use the
// structures below 1 MiB: an image with a BootBlock gets all else on top of its main stack. Our
// kernel never allocates below 1 MiB, so what lies there stays.
#ifndef VMM_LAYOUT_H_
#define VMM_LAYOUT_H_

#include <cstdint>

#include "vmm/base/address.h"

namespace vmm::layout {

/// RAM begins at 0 and is one run. As on a PC, the memory map that the guest is told leaves out the
/// window of video memory and firmware; guests expect that.
inline constexpr GuestAddr kLegacyWindowBegin{0xa0000};
inline constexpr GuestAddr kLegacyWindowEnd{0x100000};

/// RAM ends at or below: the fourth GiB belongs to devices and interrupt controllers.
inline constexpr Bytes kMaxMemory{0xc0000000};
/// Below, not even the structures of this file have room beside an image at 1 MiB.
inline constexpr Bytes kMinMemory{0x200000};

/// Global descriptor table of boot=linux64 and boot=pvh; where Firecracker has it, as all that
/// follow.
inline constexpr GuestAddr kGdt{0x500};
/// hvm_start_info, followed by its memory map.
inline constexpr GuestAddr kStartInfo{0x6000};
/// Linux's boot_params, one page.
inline constexpr GuestAddr kZeroPage{0x7000};
/// Top of a stack for the first instructions of a guest that has none yet.
inline constexpr GuestAddr kBootStackTop{0x8ff0};
/// Page tables that map the first 4 GiB one to one: one top, one middle and four lower tables.
inline constexpr GuestAddr kPageTables{0x9000};
/// The command line where it does not fit elsewhere, with its NUL.
inline constexpr GuestAddr kCommandLine{0x20000};
/// Longest command line, without its NUL.
inline constexpr Bytes kMaxCommandLine{0x10000};
static_assert(kCommandLine + kMaxCommandLine < kLegacyWindowBegin);

/// The MP table, of machines with several processors: its pointer at the beginning of the last KiB
/// of base memory, where guests look for it, and below it the table, with room for kMaxCpus.
inline constexpr GuestAddr kMpTable{0x9e000};
inline constexpr GuestAddr kMpPointer{0x9fc00};
/// APIC ids are bytes, and 255 stands for all.
inline constexpr std::uint32_t kMaxCpus = 254;
static_assert(kCommandLine + kMaxCommandLine < kMpTable);

/// A command line up to this size goes onto the main stack of a BootBlock's image; a longer one
/// would take more of the stack than its guest has been promised.
inline constexpr Bytes kMaxStackCommandLine{1024};

}  // namespace vmm::layout

#endif  // VMM_LAYOUT_H_
