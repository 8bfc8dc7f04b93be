// The I/O ports through which an image speaks to the machine that runs it.
//
// Console and exit ports are those of QEMU's isa-debugcon and isa-debug-exit, so one image runs
// under both; the line and wait ports exist under our monitor only (BootHandoff::protocol tells).
#ifndef KERNEL_ABI_PORTS_H_
#define KERNEL_ABI_PORTS_H_

// Console, one byte a write. A read gives ABI_DEBUG_CONSOLE_PRESENT where the device exists.
#define ABI_DEBUG_CONSOLE_PORT 0xe9
#define ABI_DEBUG_CONSOLE_PRESENT 0xe9

// Console, any text in one exit (our monitor only). A 32-bit write: physical address of a
// ConsoleText.
#define ABI_CONSOLE_TEXT_PORT 0xea

// Waiting (our monitor only). A 32-bit read returns when a device has something for the image or
// when WaitRequest::timeout_ns has passed: ABI_WAIT_TIMEOUT or ABI_WAIT_EVENT.
#define ABI_WAIT_PORT 0xec
#define ABI_WAIT_TIMEOUT 0
#define ABI_WAIT_EVENT 1

// End of the image. A 32-bit write; QEMU's process then ends with 2 * value + 1, so that every
// value below can be told from QEMU's own failures (status 1) and from a guest that never wrote.
#define ABI_EXIT_PORT 0xf4
#define ABI_EXIT_STATUS_BASE 0x10  // + the application's result, 0 to ABI_EXIT_STATUS_MAX.
#define ABI_EXIT_STATUS_MAX 63     // Larger or negative results are reported as this.
#define ABI_EXIT_FAULT 0x50  // Ended by a fault or a failed CHECK; a crash report was printed.
#define ABI_EXIT_NUCLEUS_FAULT 0x51  // A fault in ring 0 or inside the fault handler: no report.
#define ABI_EXIT_LOADER 0x52         // The bootloader could not start the image; it printed why.

// First serial port, for machines without a debug console.
#define ABI_SERIAL_PORT 0x3f8

#ifndef __ASSEMBLER__
#include <cstdint>

namespace abi {

/// Text for ABI_CONSOLE_TEXT_PORT. The monitor copies it before the write returns.
struct ConsoleText {
  std::uint64_t address;  // Physical address of the first byte.
  std::uint64_t size;     // In bytes, 0 to kMaxSize.

  static constexpr std::uint64_t kMaxSize = 65536;
};

/// What the next read of ABI_WAIT_PORT waits for; the image's own, named by the BootBlock.
struct WaitRequest {
  static constexpr std::uint64_t kForever = ~std::uint64_t{0};

  std::uint64_t timeout_ns;  // Relative to the read; kForever waits for an event only.
};

}  // namespace abi
#endif  // __ASSEMBLER__

#endif  // KERNEL_ABI_PORTS_H_
