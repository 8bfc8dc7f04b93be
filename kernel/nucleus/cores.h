// Other cores, as the nucleus starts and wakes them. For kernel/process.
//
// Linking this makes an image of several cores: the linker script then has pages and stacks for
// them (kernel/image.ld.in).
#ifndef KERNEL_NUCLEUS_CORES_H_
#define KERNEL_NUCLEUS_CORES_H_

#include <cstdint>

#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/nucleus/layout.h"

namespace kernel::nucleus {

/// Cores that an image can have, the first, number 0, included.
inline constexpr std::uint32_t kMaxCores = NUCLEUS_MAX_CORES;

/// Makes ready for the others. `page` lies below 1 MiB, is not page 0, and loses its content.
/// Returns the APIC id of the calling core. kInvalidArgument: not such a page.
[[nodiscard]] Result<std::uint32_t> PrepareCores(PhysAddr page);

/// Resets the core with this APIC id, which becomes number `core`, 1 to kMaxCores - 1.
/// kInvalidArgument: no such number or id, or the calling core's.
[[nodiscard]] Result<void> ResetCore(std::uint32_t core, std::uint32_t apic_id);

/// Lets a core that was reset run: it calls CoreMain in ring 3, on its own stack. Repeated it does
/// nothing to a core that runs.
void StartCore(std::uint32_t core);

/// Ends the Wait of `core`, or its next one if it does not wait.
void WakeCore(std::uint32_t core);

/// The core that calls. A core is known by its stack.
std::uint32_t ThisCore();

}  // namespace kernel::nucleus

/// What a core does in ring 3, number 1 and up. Defined by kernel/process.
extern "C" [[noreturn]] void CoreMain(std::uint32_t core);

#endif  // KERNEL_NUCLEUS_CORES_H_
