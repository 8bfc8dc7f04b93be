// Any bytes as guest memory: FromLinux64 must refuse them or give a sound handoff, and read nothing
// else.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include "boot/common/physical_memory.h"
#include "boot/common/test_memory.h"
#include "boot/linux64/linux64.h"
#include "kernel/abi/linux_boot.h"
#include "kernel/base/address.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A zero page with the magic numbers in place, for the fuzzer would spend its runs to find them;
  // the input fills the fields that are read, and the rest is the command line's memory.
  constexpr std::size_t kZeroPage = abi::linux_boot::kZeroPageSize;
  std::vector<std::uint8_t> bytes(kZeroPage + size);
  const std::size_t fields = std::min(size, kZeroPage - abi::linux_boot::kMapCountOffset);
  std::memcpy(&bytes[abi::linux_boot::kMapCountOffset], data, fields);
  std::memcpy(bytes.data() + kZeroPage, data, size);
  std::memcpy(&bytes[abi::linux_boot::kBootFlagOffset], &abi::linux_boot::kBootFlag, 2);
  std::memcpy(&bytes[abi::linux_boot::kHeaderOffset], &abi::linux_boot::kHeaderMagic, 4);

  const boot::Window window{.base = boot::PhysAddr(16), .bytes = std::as_bytes(std::span(bytes))};
  const boot::PhysicalMemory memory({&window, 1});
  const auto handoff = boot::FromLinux64(memory, boot::PhysAddr(16));
  if (handoff && !boot::IsSound(*handoff)) std::abort();
  return 0;
}
