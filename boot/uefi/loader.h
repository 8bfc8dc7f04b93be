// The loader's work while the firmware still serves: from the tables that it hands us to everything
// that EnterImage needs.
//
// Source: UEFI Specification 2.10, sections 4, 7.2, 7.4.6 (ExitBootServices), 9.1; Linux,
// Documentation/arch/x86/boot.rst.
#ifndef BOOT_UEFI_LOADER_H_
#define BOOT_UEFI_LOADER_H_

#include <expected>
#include <string_view>

#include "boot/uefi/failure.h"
#include "boot/uefi/firmware.h"
#include "boot/uefi/handover.h"

namespace boot::uefi {

/// The sections that images/formats/efi_image.bzl adds to this program: the sealed flat image
/// (boot/common/flat_image.h), and the words that main finds unless load options name others.
inline constexpr std::string_view kImageSection = ".image";
inline constexpr std::string_view kCommandLineSection = ".cmdline";

/// Ends boot services and returns what is left to do, or fails while they last.
///
/// boot_params and what it points to lie below 1 GiB: an image maps no more.
[[nodiscard]] std::expected<Handover, Failure> Prepare(Handle program, const SystemTable& system);

}  // namespace boot::uefi

#endif  // BOOT_UEFI_LOADER_H_
