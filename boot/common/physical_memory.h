// PhysicalMemory: where a boot translator reads the loader's bytes, and nowhere else.
//
// In the image it spans what the nucleus maps; in a host test it spans a vector. An address that a
// broken or hostile loader made up becomes an Error, not a stray read.
#ifndef BOOT_COMMON_PHYSICAL_MEMORY_H_
#define BOOT_COMMON_PHYSICAL_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>
#include <type_traits>

#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {

using kernel::Bytes;
using kernel::Error;
using kernel::PhysAddr;
using kernel::Result;

/// Memory that can be read: `bytes` is what lies at [base, base + bytes.size()).
struct Window {
  PhysAddr base;
  std::span<const std::byte> bytes;
};

class PhysicalMemory {
 public:
  /// `windows`, disjoint, and their bytes outlive this object. Nothing is read across the end of a
  /// window.
  explicit constexpr PhysicalMemory(std::span<const Window> windows) : windows_(windows) {}

  /// All bytes from `address` to the end of its window; empty if there are none.
  [[nodiscard]] std::span<const std::byte> ReadableFrom(PhysAddr address) const {
    for (const Window& window : windows_) {
      const std::uint64_t offset = (address - window.base).count();
      if (address >= window.base && offset < window.bytes.size()) {
        return window.bytes.subspan(offset);
      }
    }
    return {};
  }

  /// The `size` bytes at `address`; kOutOfRange unless all of them can be read.
  [[nodiscard]] Result<std::span<const std::byte>> Read(PhysAddr address, Bytes size) const {
    const std::span<const std::byte> readable = ReadableFrom(address);
    if (size.count() > readable.size()) return std::unexpected(Error::kOutOfRange);
    return readable.first(size.count());
  }

  /// A copy of the T at `address`, which need not be aligned.
  template <typename T>
  [[nodiscard]] Result<T> ReadValue(PhysAddr address) const {
    static_assert(std::is_trivially_copyable_v<T>);
    const Result<std::span<const std::byte>> bytes = Read(address, Bytes(sizeof(T)));
    if (!bytes) return std::unexpected(bytes.error());
    T value;
    std::memcpy(&value, bytes->data(), sizeof(T));
    return value;
  }

 private:
  std::span<const Window> windows_;
};

}  // namespace boot

#endif  // BOOT_COMMON_PHYSICAL_MEMORY_H_
