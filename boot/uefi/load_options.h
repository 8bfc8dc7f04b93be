// The load options with which firmware or a shell starts the loader: words for the image's main.
//
// Source: UEFI Specification 2.10, sections 3.1.3 (OptionalData), 9.1 (LoadOptions); UEFI Shell
// Specification 2.2, section 2.3.
#ifndef BOOT_UEFI_LOAD_OPTIONS_H_
#define BOOT_UEFI_LOAD_OPTIONS_H_

#include <cstddef>
#include <span>

#include "kernel/base/result.h"

namespace boot::uefi {

/// Writes the text of `options`, UCS-2 up to a NUL or to their end, as UTF-8 to `line`; without its
/// first word, if that is the program's name (`named`).
///
/// Returns its length, at least 1. kNotFound: there is no text: empty, or bytes of another kind,
/// which some firmware leaves there. kNoSpace: `line` is too short.
[[nodiscard]] kernel::Result<std::size_t> TextOfOptions(std::span<const std::byte> options,
                                                        bool named, std::span<char> line);

}  // namespace boot::uefi

#endif  // BOOT_UEFI_LOAD_OPTIONS_H_
