#include "kernel/process/cores.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <expected>

#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/nucleus/cores.h"
#include "kernel/nucleus/wait.h"
#include "kernel/process/core_state.h"

namespace kernel::process {
namespace {

struct Core {
  std::atomic<CoreState> state = CoreState::kAbsent;
  Task task = nullptr;
  void* argument = nullptr;
};

constinit std::array<Core, nucleus::kMaxCores> cores;
constinit std::uint32_t core_count = 1;

}  // namespace

bool HasStarted(std::uint32_t core) {
  return cores[core].state.load(std::memory_order_acquire) != CoreState::kAbsent;
}

void SetCoreCount(std::uint32_t count) { core_count = count; }

std::uint32_t CoreCount() { return core_count; }

std::uint32_t ThisCore() { return nucleus::ThisCore(); }

Result<void> RunOn(std::uint32_t core, Task task, void* argument) {
  if (core == 0 || core >= core_count) return std::unexpected(Error::kOutOfRange);
  Core& target = cores[core];
  // Two cores may want the same one: the first gets it.
  CoreState expected = CoreState::kIdle;
  if (!target.state.compare_exchange_strong(expected, CoreState::kTaken,
                                            std::memory_order_acquire)) {
    return std::unexpected(Error::kBusy);
  }
  target.task = task;
  target.argument = argument;
  target.state.store(CoreState::kHasTask, std::memory_order_release);
  nucleus::WakeCore(core);
  return {};
}

bool IsIdle(std::uint32_t core) {
  return cores[core].state.load(std::memory_order_acquire) == CoreState::kIdle;
}

}  // namespace kernel::process

void CoreMain(std::uint32_t number) {
  using kernel::process::CoreState;
  kernel::process::Core& core = kernel::process::cores[number];
  core.state.store(CoreState::kIdle, std::memory_order_release);
  for (;;) {
    // A task that comes between the look and the wait ends the wait.
    while (core.state.load(std::memory_order_acquire) != CoreState::kHasTask) {
      kernel::nucleus::Wait(kernel::Nanoseconds::Forever());
    }
    core.task(core.argument);
    core.state.store(CoreState::kIdle, std::memory_order_release);
  }
}
