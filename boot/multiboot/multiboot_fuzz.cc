// Any bytes as guest memory: FromMultiboot must refuse them or give a sound handoff, and read
// nothing else.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "boot/common/physical_memory.h"
#include "boot/common/test_memory.h"
#include "boot/multiboot/multiboot.h"
#include "kernel/base/address.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Memory begins at 16, so that a null pointer and small addresses lie outside.
  const boot::Window window{.base = boot::PhysAddr(16),
                            .bytes = std::as_bytes(std::span(data, size))};
  const boot::PhysicalMemory memory({&window, 1});
  const auto handoff = boot::FromMultiboot(memory, boot::PhysAddr(16));
  if (handoff && !boot::IsSound(*handoff)) std::abort();
  return 0;
}
