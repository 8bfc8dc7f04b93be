// The sections of a program that firmware has loaded: how the loader finds what was put into it
// after it was linked (images/formats/efi_image.bzl).
//
// Source: Microsoft PE Format, "MS-DOS Stub", "COFF File Header", "Section Table".
#ifndef BOOT_UEFI_SECTIONS_H_
#define BOOT_UEFI_SECTIONS_H_

#include <cstddef>
#include <span>
#include <string_view>

#include "kernel/base/result.h"

namespace boot::uefi {

/// The bytes of the section `name`, of at most 8 characters, in `program`, which lies in memory as
/// its headers say.
///
/// kNotFound: there is none. kMalformed: headers that lead out of `program`.
[[nodiscard]] kernel::Result<std::span<const std::byte>> FindSection(
    std::span<const std::byte> program, std::string_view name);

}  // namespace boot::uefi

#endif  // BOOT_UEFI_SECTIONS_H_
