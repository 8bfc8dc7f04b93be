// Translate: from whatever the loader left to BootHandoff. Which loaders an image understands is
// decided when it is linked: each target of boot/BUILD that makes an image enterable defines this
// function.
#ifndef BOOT_TRANSLATE_H_
#define BOOT_TRANSLATE_H_

#include <cstdint>

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {

/// Reads what the loader of `protocol` (an ABI_BOOT_ number) left at `info`. Pure: looks only at
/// `memory`.
///
/// kNotSupported: the image has no entry for this protocol. Other errors: see the translators.
[[nodiscard]] Result<abi::BootHandoff> Translate(std::uint32_t protocol,
                                                 const PhysicalMemory& memory, PhysAddr info);

}  // namespace boot

#endif  // BOOT_TRANSLATE_H_
