// What the loader knows when the firmware has let go: all that is left to do by EnterImage.
#ifndef BOOT_UEFI_HANDOVER_H_
#define BOOT_UEFI_HANDOVER_H_

// Offsets of Handover's fields, for enter.S.
#define HANDOVER_PAGE_TABLES 0
#define HANDOVER_SOURCE 8
#define HANDOVER_TARGET 16
#define HANDOVER_SIZE 24
#define HANDOVER_ZERO_BEGIN 32
#define HANDOVER_ZERO_SIZE 40
#define HANDOVER_ENTRY 48
#define HANDOVER_BOOT_PARAMS 56

#ifndef __ASSEMBLER__
#include <cstddef>

#include "kernel/base/address.h"

namespace boot::uefi {

struct Handover {
  kernel::PhysAddr page_tables;  // They map all that follows, and the loader.
  kernel::PhysAddr source;       // The image's bytes as the firmware loaded them,
  kernel::PhysAddr target;       // where they belong,
  kernel::Bytes size;            // and how many: a multiple of 8.
  kernel::PhysAddr zero_begin;
  kernel::Bytes zero_size;  // A multiple of 8.
  kernel::PhysAddr entry;   // By Linux's 64-bit protocol.
  kernel::PhysAddr boot_params;
};
static_assert(offsetof(Handover, page_tables) == HANDOVER_PAGE_TABLES);
static_assert(offsetof(Handover, source) == HANDOVER_SOURCE);
static_assert(offsetof(Handover, target) == HANDOVER_TARGET);
static_assert(offsetof(Handover, size) == HANDOVER_SIZE);
static_assert(offsetof(Handover, zero_begin) == HANDOVER_ZERO_BEGIN);
static_assert(offsetof(Handover, zero_size) == HANDOVER_ZERO_SIZE);
static_assert(offsetof(Handover, entry) == HANDOVER_ENTRY);
static_assert(offsetof(Handover, boot_params) == HANDOVER_BOOT_PARAMS);

/// Copies the image to its place and enters it; boot services have ended.
extern "C" [[noreturn]] void EnterImage(const Handover* handover);

}  // namespace boot::uefi
#endif  // __ASSEMBLER__

#endif  // BOOT_UEFI_HANDOVER_H_
