// Input and output ports.
#ifndef BOOT_UEFI_PORT_IO_H_
#define BOOT_UEFI_PORT_IO_H_

#include <cstdint>

namespace boot::uefi {

inline std::uint8_t ReadPort(std::uint16_t port) {
  std::uint8_t value;
  asm volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
  return value;
}

inline void WritePort(std::uint16_t port, std::uint8_t value) {
  asm volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

inline void WritePort32(std::uint16_t port, std::uint32_t value) {
  asm volatile("outl %0, %1" : : "a"(value), "Nd"(port));
}

}  // namespace boot::uefi

#endif  // BOOT_UEFI_PORT_IO_H_
