// Device registers in memory.
//
// Each access is one plain MOV, whatever the compiler would have liked: a hypervisor has to decode
// it, and no more than that is emulated everywhere.
#ifndef KERNEL_ARCH_X86_64_MMIO_H_
#define KERNEL_ARCH_X86_64_MMIO_H_

#include <cstdint>

#include "kernel/base/address.h"

namespace kernel::arch {

/// The Io of a device with registers in memory: see kernel/base/register.h. The nucleus maps 3 to
/// 4 GiB for it, uncached.
class Mmio {
 public:
  explicit constexpr Mmio(PhysAddr base) : base_(base) {}

  template <typename R>
  R Read() const {
    R value;
    value.raw = ReadAt<typename R::WordType>(R::kOffset);
    return value;
  }

  template <typename R>
  void Write(R value) const {
    WriteAt(R::kOffset, value.raw);
  }

  /// For registers whose place is known at run time only.
  template <typename Word>
  Word ReadAt(std::uint64_t offset) const {
    Word value;
    __asm__ volatile("mov %1, %0" : "=r"(value) : "m"(At<Word>(offset)) : "memory");
    return value;
  }

  template <typename Word>
  void WriteAt(std::uint64_t offset, Word value) const {
    __asm__ volatile("mov %1, %0" : "=m"(At<Word>(offset)) : "r"(value) : "memory");
  }

 private:
  template <typename Word>
  Word& At(std::uint64_t offset) const {
    return *reinterpret_cast<Word*>(ToPointer(base_ + Bytes(offset)));
  }

  PhysAddr base_;
};

}  // namespace kernel::arch

#endif  // KERNEL_ARCH_X86_64_MMIO_H_
