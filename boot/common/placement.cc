#include "boot/common/placement.h"

#include <span>
#include <string_view>

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"

namespace boot {
namespace {

bool IsUsable(const abi::BootHandoff& handoff, const Extent& extent) {
  // Usable ranges that touch are one range: see SetMemoryMap.
  for (const abi::MemoryRange& range : std::span(handoff.ranges).first(handoff.range_count)) {
    if (range.kind == abi::MemoryRange::Kind::kUsable && range.base <= extent.begin.value() &&
        extent.end.value() <= range.base + range.size) {
      return true;
    }
  }
  return false;
}

bool Overlap(const Extent& left, const Extent& right) {
  return left.begin < right.end && right.begin < left.end;
}

}  // namespace

std::string_view PlacementFault(const abi::BootHandoff& handoff, const Extent& image,
                                const Extent& readable) {
  if (!IsUsable(handoff, image)) {
    return "boot: the image does not fit into the RAM that the loader reports; give the machine "
           "more";
  }
  for (const abi::BootModule& module : std::span(handoff.modules).first(handoff.module_count)) {
    if (module.size == 0) continue;
    const Extent extent = {PhysAddr(module.base), PhysAddr(module.base) + Bytes(module.size)};
    if (Overlap(extent, image))
      return "boot: the loader put a module over the image; take another loader";
    if (!IsUsable(handoff, extent)) {
      return "boot: the loader put a module where it reports no RAM; give the machine more";
    }
    if (extent.begin < readable.begin || extent.end > readable.end) {
      return "boot: the loader put a module out of reach (4 KiB to 1 GiB); give the machine less "
             "RAM";
    }
  }
  return "";
}

}  // namespace boot
