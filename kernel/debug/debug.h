// The crash path: every end of an image that is not its own wish goes through here.
#ifndef KERNEL_DEBUG_DEBUG_H_
#define KERNEL_DEBUG_DEBUG_H_

#include <cstdint>
#include <string_view>

namespace kernel::debug {

/// Routes failed CHECKs here. `protocol` is an ABI_BOOT_ number: it tells which console a report
/// goes to.
///
/// Faults come here by themselves; before this call a report looks for a debug console or a serial
/// port.
void Start(std::uint32_t protocol);

/// Writes to the console that a report would go to, whatever drivers the image has.
void WriteLine(std::string_view line);

}  // namespace kernel::debug

#endif  // KERNEL_DEBUG_DEBUG_H_
