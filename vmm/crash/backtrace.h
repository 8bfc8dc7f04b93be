// A crash report as people read it.
#ifndef VMM_CRASH_BACKTRACE_H_
#define VMM_CRASH_BACKTRACE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "vmm/crash/symbols.h"

namespace vmm {

/// One line for each address, ended by a newline: "  #0 function+0x12". Of the first address it is
/// the instruction, of the others the call before the return address that is named.
std::string FormatBacktrace(std::span<const std::uint64_t> addresses, const Symbols& symbols);

/// The backtrace of the last crash line in `console`, with names out of the ELF file `image`. Empty
/// if there is no crash line; one line that says so if it is malformed.
std::string ReadableBacktrace(std::string_view console, std::span<const std::byte> image);

}  // namespace vmm

#endif  // VMM_CRASH_BACKTRACE_H_
