// TestMemory: guest memory for the tests of boot translators, and what every good BootHandoff must
// satisfy.
#ifndef BOOT_COMMON_TEST_MEMORY_H_
#define BOOT_COMMON_TEST_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"

namespace boot {

/// Zeroed memory from physical address 0 on.
class TestMemory {
 public:
  explicit TestMemory(std::size_t size)
      : bytes_(size), window_{.base = PhysAddr(0), .bytes = bytes_} {}
  TestMemory(const TestMemory&) = delete;
  TestMemory& operator=(const TestMemory&) = delete;

  template <typename T>
  void Put(std::size_t address, const T& value) {
    std::memcpy(std::span(bytes_).subspan(address, sizeof(T)).data(), &value, sizeof(T));
  }

  void PutText(std::size_t address, std::string_view text) {
    std::memcpy(std::span(bytes_).subspan(address, text.size() + 1).data(), text.data(),
                text.size());
  }

  PhysicalMemory view() const { return PhysicalMemory({&window_, 1}); }

 private:
  std::vector<std::byte> bytes_;
  Window window_;
};

/// Whether ranges and modules keep the promises of kernel/abi/boot_handoff.h.
inline bool IsSound(const abi::BootHandoff& handoff) {
  if (handoff.range_count == 0 || handoff.range_count > abi::BootHandoff::kMaxRanges) return false;
  if (handoff.command_line == 0) return false;
  std::uint64_t end = 0;
  for (std::uint32_t i = 0; i < handoff.range_count; ++i) {
    const abi::MemoryRange& range = handoff.ranges[i];
    if (range.size == 0 || range.zero != 0 || range.base + range.size < range.base) return false;
    if (i > 0 && range.base < end) return false;
    end = range.base + range.size;
  }
  if (handoff.module_count > abi::BootHandoff::kMaxModules) return false;
  for (std::uint32_t i = 0; i < handoff.module_count; ++i) {
    const abi::BootModule& module = handoff.modules[i];
    if (module.command_line == 0 || module.base + module.size < module.base) return false;
  }
  return true;
}

}  // namespace boot

#endif  // BOOT_COMMON_TEST_MEMORY_H_
