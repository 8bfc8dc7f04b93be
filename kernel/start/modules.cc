#include "kernel/start/modules.h"

#include <cstddef>
#include <span>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/check.h"
#include "kernel/nucleus/loader_memory.h"
#include "kernel/start/kernel_main.h"

namespace kernel::start {

std::size_t ModuleCount() { return boot_handoff->module_count; }

Module GetModule(std::size_t index) {
  CHECK(index < ModuleCount());
  const abi::BootModule& module = boot_handoff->modules[index];
  Module found;
  // An empty file may lie anywhere, so that its address names nothing.
  if (module.size != 0) found.bytes = std::span(ToPointer(PhysAddr(module.base)), module.size);
  found.command_line =
      reinterpret_cast<const char*>(nucleus::LoaderMemory(PhysAddr(module.command_line)));
  return found;
}

}  // namespace kernel::start
