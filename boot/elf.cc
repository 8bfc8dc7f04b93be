#include <cstdint>
#include <expected>

#include "boot/common/physical_memory.h"
#include "boot/linux64/linux64.h"
#include "boot/pvh/pvh.h"
#include "boot/translate.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {

Result<abi::BootHandoff> Translate(std::uint32_t protocol, const PhysicalMemory& memory,
                                   PhysAddr info) {
  switch (protocol) {
    case ABI_BOOT_PVH:
      return FromPvh(memory, info);
    case ABI_BOOT_LINUX64:
      return FromLinux64(memory, info);
    default:
      return std::unexpected(Error::kNotSupported);
  }
}

}  // namespace boot
