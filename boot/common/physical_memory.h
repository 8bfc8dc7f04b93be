// PhysicalMemory: where a boot translator reads the loader's bytes, and nowhere else.
//
// In the image it spans what the nucleus maps; in a host test it spans a vector. An address that a broken or
// hostile loader made up becomes an Error, not a stray read.
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

class PhysicalMemory {
 public:
  /// `bytes` is what lies at [base, base + bytes.size()); it outlives this object.
  constexpr PhysicalMemory(PhysAddr base, std::span<const std::byte> bytes)
      : base_(base), bytes_(bytes) {}

  /// The `size` bytes at `address`; kOutOfRange unless all of them can be read.
  [[nodiscard]] Result<std::span<const std::byte>> Read(PhysAddr address, Bytes size) const {
    // In this order nothing can wrap.
    const std::uint64_t offset = (address - base_).count();
    if (address < base_ || offset > bytes_.size() || size.count() > bytes_.size() - offset) {
      return std::unexpected(Error::kOutOfRange);
    }
    return bytes_.subspan(offset, size.count());
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

  /// How many bytes can be read from `address` on; 0 if none.
  [[nodiscard]] Bytes ReadableFrom(PhysAddr address) const {
    const std::uint64_t offset = (address - base_).count();
    if (address < base_ || offset > bytes_.size()) return Bytes(0);
    return Bytes(bytes_.size() - offset);
  }

 private:
  PhysAddr base_;
  std::span<const std::byte> bytes_;
};

}  // namespace boot

#endif  // BOOT_COMMON_PHYSICAL_MEMORY_H_
