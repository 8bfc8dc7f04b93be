// Failure: why the image cannot be started.
#ifndef BOOT_UEFI_FAILURE_H_
#define BOOT_UEFI_FAILURE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "boot/uefi/firmware.h"

namespace boot::uefi {

/// The parts of one line for the user, and what the firmware is told.
struct Failure {
  Status status;
  std::string_view what;
  std::optional<std::uint64_t> number = {};  // Hexadecimal, behind `what`.
  std::string_view remedy = {};              // Behind the number.
  // The firmware may have shut down in part: nothing of it may be called any more.
  bool firmware_gone = false;
};

inline constexpr std::size_t kMaxFailureLine = 240;

/// "torito: ..." in `buffer`, without an end of line.
std::string_view LineOf(const Failure& failure, std::span<char, kMaxFailureLine> buffer);

}  // namespace boot::uefi

#endif  // BOOT_UEFI_FAILURE_H_
