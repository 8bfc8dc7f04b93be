#include "tests/kernel/devices/handoff.h"

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::devices::handoff {
namespace {

constinit const abi::BootHandoff* kept = nullptr;

}  // namespace

Result<void> Start(const abi::BootHandoff& handoff) {
  kept = &handoff;
  return {};
}

const abi::BootHandoff& Get() { return *kept; }

}  // namespace kernel::devices::handoff
