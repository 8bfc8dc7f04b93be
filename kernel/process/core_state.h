// What a core is about: shared by the unit's start and its interface. For this folder.
#ifndef KERNEL_PROCESS_CORE_STATE_H_
#define KERNEL_PROCESS_CORE_STATE_H_

#include <cstdint>

namespace kernel::process {

enum class CoreState : std::uint8_t {
  kAbsent,   // Has not come up; core 0 stays so.
  kIdle,     // Waits for a task.
  kTaken,    // Somebody is giving it one.
  kHasTask,  // Runs it, or will at once.
};

/// Whether `core` has come up.
bool HasStarted(std::uint32_t core);

/// Called once, by the unit's start.
void SetCoreCount(std::uint32_t count);

}  // namespace kernel::process

#endif  // KERNEL_PROCESS_CORE_STATE_H_
