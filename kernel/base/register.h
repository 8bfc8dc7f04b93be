// Typed views of hardware registers.
//
// A register here is a value: read it once, look at or change its fields, write it once. So each
// access to the hardware stands in the text as one Read or Write of an Io (kernel/arch), and the
// compiler cannot add or remove one.
#ifndef KERNEL_BASE_REGISTER_H_
#define KERNEL_BASE_REGISTER_H_

#include <cstdint>

namespace kernel {

/// Bits [High:Low] of a register, both inclusive, numbered as data sheets do.
template <unsigned High, unsigned Low, typename Value>
struct Field {
  static_assert(High >= Low && High < 64);
  static constexpr std::uint64_t kMask = ~std::uint64_t{0} >> (63 - (High - Low));
};

/// A field of one bit, read and written as bool.
template <unsigned Bit>
using Flag = Field<Bit, Bit, bool>;

/// A register of sizeof(Word) bytes, Offset bytes from the base of its device.
template <typename Self, typename Word, std::uint16_t Offset>
struct Register {
  using WordType = Word;
  static constexpr std::uint16_t kOffset = Offset;

  Word raw = 0;

  template <unsigned High, unsigned Low, typename Value>
  constexpr Value Get(Field<High, Low, Value>) const {
    static_assert(High < sizeof(Word) * 8, "field lies outside the register");
    return static_cast<Value>((raw >> Low) & Field<High, Low, Value>::kMask);
  }

  /// Returns a copy with one field replaced; the other bits are kept.
  template <unsigned High, unsigned Low, typename Value>
  [[nodiscard]] constexpr Self With(Field<High, Low, Value>, Value value) const {
    static_assert(High < sizeof(Word) * 8, "field lies outside the register");
    constexpr std::uint64_t kMask = Field<High, Low, Value>::kMask;
    Self next;
    next.raw = static_cast<Word>((raw & ~(kMask << Low)) |
                                 ((static_cast<std::uint64_t>(value) & kMask) << Low));
    return next;
  }
};

}  // namespace kernel

#endif  // KERNEL_BASE_REGISTER_H_
