// Strong types for addresses and sizes, so that the compiler refuses to mix them.
#ifndef KERNEL_BASE_ADDRESS_H_
#define KERNEL_BASE_ADDRESS_H_

#include <compare>
#include <cstddef>
#include <cstdint>

namespace kernel {

/// A count of bytes.
class Bytes {
 public:
  constexpr Bytes() = default;
  explicit constexpr Bytes(std::uint64_t count) : count_(count) {}

  constexpr std::uint64_t count() const { return count_; }

  constexpr auto operator<=>(const Bytes&) const = default;
  constexpr Bytes operator+(Bytes other) const { return Bytes(count_ + other.count_); }
  constexpr Bytes operator-(Bytes other) const { return Bytes(count_ - other.count_); }

 private:
  std::uint64_t count_ = 0;
};

/// An address of one kind; Kind only tells the kinds apart. Arithmetic wraps as unsigned does.
template <typename Kind>
class Address {
 public:
  constexpr Address() = default;
  explicit constexpr Address(std::uint64_t value) : value_(value) {}

  constexpr std::uint64_t value() const { return value_; }

  constexpr auto operator<=>(const Address&) const = default;
  constexpr Address operator+(Bytes offset) const { return Address(value_ + offset.count()); }
  constexpr Address operator-(Bytes offset) const { return Address(value_ - offset.count()); }
  constexpr Bytes operator-(Address other) const { return Bytes(value_ - other.value_); }

  /// The nearest multiple of `alignment`, a power of two, not above or not below this address.
  constexpr Address AlignDown(Bytes alignment) const {
    return Address(value_ & ~(alignment.count() - 1));
  }
  constexpr Address AlignUp(Bytes alignment) const {
    return (*this + (alignment - Bytes(1))).AlignDown(alignment);
  }

 private:
  std::uint64_t value_ = 0;
};

/// An address as the memory bus sees it.
using PhysAddr = Address<struct PhysicalKind>;
/// An address as an instruction names it.
using VirtAddr = Address<struct VirtualKind>;

/// The address of an object of the image or of its memory.
inline VirtAddr AddressOf(const void* object) {
  return VirtAddr(reinterpret_cast<std::uintptr_t>(object));
}

/// Where RAM lies for the image itself: the nucleus maps it one to one.
inline std::byte* ToPointer(PhysAddr address) {
  return reinterpret_cast<std::byte*>(address.value());
}

inline constexpr Bytes kPageSize{4096};

}  // namespace kernel

#endif  // KERNEL_BASE_ADDRESS_H_
