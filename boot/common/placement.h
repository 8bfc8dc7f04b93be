// Where a loader may have put things: the last look at a BootHandoff before the image relies on it.
#ifndef BOOT_COMMON_PLACEMENT_H_
#define BOOT_COMMON_PLACEMENT_H_

#include <string_view>

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"

namespace boot {

/// The bytes [begin, end).
struct Extent {
  PhysAddr begin;
  PhysAddr end;
};

/// What is wrong with the places of image and modules, in words for the user; empty if nothing is.
///
/// The image must lie in usable memory; a module must lie in usable memory, not in the image, and
/// wholly in `readable`. An empty module takes no place.
std::string_view PlacementFault(const abi::BootHandoff& handoff, const Extent& image,
                                const Extent& readable);

}  // namespace boot

#endif  // BOOT_COMMON_PLACEMENT_H_
