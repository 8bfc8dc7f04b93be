// The one machine-readable line of a crash report, on the console, before the image ends with
// ABI_EXIT_FAULT: kCrashPrefix followed by one JSON object and a newline.
//
//   {"kind":"fault","core":0,"vector":14,"error":6,"address":"0x0","rip":"0x101234",
//    "rsp":"0x1f3fd8","registers":{"rax":"0x0", …, "rflags":"0x10246"},
//    "backtrace":["0x101234","0x101310"]}
//
// kind "fault": vector, error code and, for vector 14, the address touched. kind "check": a failed
// CHECK; "vector" and "error" are 0 and "message" holds its text. Numbers in quotes are
// hexadecimal. "backtrace" begins with rip; the following are return addresses.
#ifndef KERNEL_ABI_CRASH_LINE_H_
#define KERNEL_ABI_CRASH_LINE_H_

#include <string_view>

namespace abi {

inline constexpr std::string_view kCrashPrefix = "torito-crash ";

}  // namespace abi

#endif  // KERNEL_ABI_CRASH_LINE_H_
