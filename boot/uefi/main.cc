// EfiMain: where the firmware starts the loader.
//
// Source: UEFI Specification 2.10, section 4.1 (entry point), 2.3.4 (x64: processor state).
#include <cstdint>
#include <expected>

#include "boot/uefi/failure.h"
#include "boot/uefi/firmware.h"
#include "boot/uefi/handover.h"
#include "boot/uefi/loader.h"
#include "boot/uefi/port_io.h"
#include "boot/uefi/report.h"
#include "kernel/abi/ports.h"

extern "C" boot::uefi::Status BOOT_UEFI_API EfiMain(boot::uefi::Handle program,
                                                    boot::uefi::SystemTable* system);

namespace boot::uefi {
namespace {

// Intel SDM vol. 3A, section 2.5: 5-level paging.
constexpr std::uint64_t kCr4La57 = 1 << 12;

std::uint64_t ReadCr4() {
  std::uint64_t value;
  asm volatile("movq %%cr4, %0" : "=r"(value));
  return value;
}

/// Ends an emulator that has the exit port; elsewhere nothing happens.
void WriteExitPort() { WritePort32(ABI_EXIT_PORT, ABI_EXIT_LOADER); }

[[noreturn]] void Halt() {
  for (;;) asm volatile("cli; hlt");
}

std::expected<Handover, Failure> PrepareHere(Handle program, const SystemTable& system) {
  if ((ReadCr4() & kCr4La57) != 0) {
    // It cannot be left in 64-bit mode, and an image has tables of four levels.
    return std::unexpected(Failure{
        Status::kUnsupported,
        "the firmware runs with 5-level page tables; turn them (la57) off in its setup or in the "
        "processor's options"});
  }
  return Prepare(program, system);
}

Status Boot(Handle program, const SystemTable& system) {
  const auto handover = PrepareHere(program, system);
  if (handover) EnterImage(&*handover);
  Report(handover.error(), system);
  WriteExitPort();
  if (handover.error().firmware_gone) Halt();
  return handover.error().status;
}

}  // namespace
}  // namespace boot::uefi

boot::uefi::Status EfiMain(boot::uefi::Handle program, boot::uefi::SystemTable* system) {
  return boot::uefi::Boot(program, *system);
}
