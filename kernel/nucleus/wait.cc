#include "kernel/nucleus/wait.h"

#include <cstdint>

#include "kernel/abi/nucleus_call.h"
#include "kernel/abi/ports.h"
#include "kernel/arch/x86_64/port_io.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/nucleus/nucleus_call.h"

extern "C" {

// Named by the BootBlock: the monitor reads it when the image reads the wait port.
[[gnu::section(".bss.hot")]] constinit abi::WaitRequest wait_request{};

}  // extern "C"

namespace kernel::nucleus {
namespace {

[[gnu::section(".bss.hot")]] constinit bool use_wait_port = false;

}  // namespace

[[gnu::hot]] void UseWaitPort() { use_wait_port = true; }

void UseInterrupts() { use_wait_port = false; }

void Wait(Nanoseconds timeout) {
  if (use_wait_port) {
    // Volatile: the compiler does not know that the port read looks at it.
    const_cast<volatile abi::WaitRequest&>(wait_request).timeout_ns = timeout.count();
    // What woke us is for the pollers to find out.
    static_cast<void>(arch::ReadPort32(ABI_WAIT_PORT));
    return;
  }
  static_assert(abi::WaitRequest::kForever == ~std::uint64_t{0}, "both ways spell forever alike");
  NucleusCall(ABI_CALL_WAIT, timeout.count());
}

[[gnu::hot]] void End(std::uint32_t exit_value) {
  arch::WritePort32(ABI_EXIT_PORT, exit_value);
  for (;;) NucleusCall(ABI_CALL_HALT, 0);
}

}  // namespace kernel::nucleus
