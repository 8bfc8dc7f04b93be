#include <cstdint>
#include <expected>

#include "boot/common/physical_memory.h"
#include "boot/multiboot/multiboot.h"
#include "boot/multiboot/multiboot2.h"
#include "boot/translate.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {

Result<abi::BootHandoff> Translate(std::uint32_t protocol, const PhysicalMemory& memory,
                                   PhysAddr info) {
  switch (protocol) {
    case ABI_BOOT_MULTIBOOT:
      return FromMultiboot(memory, info);
    case ABI_BOOT_MULTIBOOT2:
      return FromMultiboot2(memory, info);
    default:
      return std::unexpected(Error::kNotSupported);
  }
}

}  // namespace boot
