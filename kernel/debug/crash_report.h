// The crash report: what a human and what a machine wants to know about the end of an image.
//
// Pure: from a description of the crash to lines of text, so that it is tested on the host.
#ifndef KERNEL_DEBUG_CRASH_REPORT_H_
#define KERNEL_DEBUG_CRASH_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "kernel/base/address.h"
#include "kernel/debug/backtrace.h"

namespace kernel::debug {

/// In the order in which Ring3Fault (fault_entry.S) pushes them.
struct Registers {
  std::uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
  std::uint64_t rbp, rdi, rsi, rdx, rcx, rbx, rax;
};
static_assert(sizeof(Registers) == 120);

/// The parts of the image that a stray address may hit; from the linker script. Stack and its
/// guard are those of the core.
struct ImageLayout {
  Region nucleus;
  Region core_pages;  // Of the nucleus too, for further cores.
  Region text;
  Region constants;
  Region data;
  Region stack;
  Region stack_guard;
  Region fault_stack_guard;
};

struct Crash {
  enum class Kind : std::uint8_t { kFault, kCheck };

  Kind kind = Kind::kFault;
  std::uint32_t core = 0;
  std::uint64_t vector = 0;
  std::uint64_t error = 0;
  VirtAddr address;          // Touched by the instruction; for vector 14 only.
  std::string_view message;  // For kCheck only.
  VirtAddr instruction;
  VirtAddr stack_pointer;
  std::uint64_t flags = 0;
  Registers registers{};
  std::span<const std::uint64_t> backtrace;
};

/// Takes one whole line, its '\n' included.
using LineSink = void (*)(std::string_view line);

/// Writes the report, last of all the line of kernel/abi/crash_line.h.
void WriteReport(const Crash& crash, const ImageLayout& layout, LineSink sink);

}  // namespace kernel::debug

#endif  // KERNEL_DEBUG_CRASH_REPORT_H_
