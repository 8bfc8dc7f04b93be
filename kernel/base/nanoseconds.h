// Nanoseconds: a span of time.
#ifndef KERNEL_BASE_NANOSECONDS_H_
#define KERNEL_BASE_NANOSECONDS_H_

#include <compare>
#include <cstdint>

namespace kernel {

class Nanoseconds {
 public:
  constexpr Nanoseconds() = default;
  explicit constexpr Nanoseconds(std::uint64_t count) : count_(count) {}

  /// A time that does not end.
  static constexpr Nanoseconds Forever() { return Nanoseconds(~std::uint64_t{0}); }

  constexpr std::uint64_t count() const { return count_; }

  constexpr auto operator<=>(const Nanoseconds&) const = default;

 private:
  std::uint64_t count_ = 0;
};

}  // namespace kernel

#endif  // KERNEL_BASE_NANOSECONDS_H_
