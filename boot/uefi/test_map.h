// TestMap: a firmware's memory map for tests, in descriptors as long as firmware likes.
#ifndef BOOT_UEFI_TEST_MAP_H_
#define BOOT_UEFI_TEST_MAP_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "boot/uefi/firmware.h"

namespace boot::uefi {

class TestMap {
 public:
  // As in EDK2: 8 bytes more than the specification has fields for.
  static constexpr std::size_t kDescriptorSize = sizeof(MemoryDescriptor) + 8;

  TestMap& Add(MemoryType type, std::uint64_t begin, std::uint64_t end,
               std::uint64_t attributes = 0) {
    return AddRaw({type, 0, begin, 0, (end - begin) / 4096, attributes});
  }

  TestMap& AddRaw(const MemoryDescriptor& descriptor) {
    bytes_.resize(bytes_.size() + kDescriptorSize, std::byte{0xa5});
    std::memcpy(bytes_.data() + bytes_.size() - kDescriptorSize, &descriptor, sizeof(descriptor));
    return *this;
  }

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace boot::uefi

#endif  // BOOT_UEFI_TEST_MAP_H_
