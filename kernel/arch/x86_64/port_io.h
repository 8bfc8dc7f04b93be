// Port I/O. For drivers and for whoever speaks to the machine through kernel/abi/ports.h.
//
// Source: Intel SDM vol. 2, IN, OUT, OUTS. Ports 0 to 0xcff are granted to ring 3 by the TSS.
#ifndef KERNEL_ARCH_X86_64_PORT_IO_H_
#define KERNEL_ARCH_X86_64_PORT_IO_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernel::arch {

inline std::uint8_t ReadPort8(std::uint16_t port) {
  std::uint8_t value;
  __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
  return value;
}

inline std::uint16_t ReadPort16(std::uint16_t port) {
  std::uint16_t value;
  __asm__ volatile("inw %1, %0" : "=a"(value) : "Nd"(port) : "memory");
  return value;
}

inline std::uint32_t ReadPort32(std::uint16_t port) {
  std::uint32_t value;
  __asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port) : "memory");
  return value;
}

inline void WritePort8(std::uint16_t port, std::uint8_t value) {
  __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

inline void WritePort16(std::uint16_t port, std::uint16_t value) {
  __asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

inline void WritePort32(std::uint16_t port, std::uint32_t value) {
  __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

/// Writes every byte of `text` to one port.
inline void WritePortText(std::uint16_t port, std::string_view text) {
  const char* data = text.data();
  std::size_t size = text.size();
  __asm__ volatile("rep outsb" : "+S"(data), "+c"(size) : "d"(port) : "memory");
}

/// The Io of a device with registers in port space: see kernel/base/register.h.
class PortIo {
 public:
  explicit constexpr PortIo(std::uint16_t base) : base_(base) {}

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
  Word ReadAt(std::uint16_t offset) const {
    const auto port = static_cast<std::uint16_t>(base_ + offset);
    if constexpr (sizeof(Word) == 1) return ReadPort8(port);
    if constexpr (sizeof(Word) == 2) return ReadPort16(port);
    if constexpr (sizeof(Word) == 4) return ReadPort32(port);
  }

  template <typename Word>
  void WriteAt(std::uint16_t offset, Word value) const {
    const auto port = static_cast<std::uint16_t>(base_ + offset);
    if constexpr (sizeof(Word) == 1) WritePort8(port, value);
    if constexpr (sizeof(Word) == 2) WritePort16(port, value);
    if constexpr (sizeof(Word) == 4) WritePort32(port, value);
  }

 private:
  std::uint16_t base_;
};

}  // namespace kernel::arch

#endif  // KERNEL_ARCH_X86_64_PORT_IO_H_
