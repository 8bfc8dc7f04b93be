#include "kernel/debug/debug.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/ports.h"
#include "kernel/base/address.h"
#include "kernel/base/check.h"
#include "kernel/debug/backtrace.h"
#include "kernel/debug/crash_report.h"
#include "kernel/devices/console/debug_console.h"
#include "kernel/devices/console/monitor_console.h"
#include "kernel/devices/uart/serial_console.h"
#include "kernel/nucleus/fault_frame.h"
#include "kernel/nucleus/image_symbols.h"
#include "kernel/nucleus/layout.h"
#include "kernel/nucleus/wait.h"

// In fault_entry.S, which calls HandleFault.
extern "C" [[noreturn, gnu::cold]] void HandleFault(const kernel::debug::Registers* registers);

namespace kernel::debug {
namespace {

constexpr std::size_t kMaxBacktrace = 32;

[[gnu::section(".bss.hot")]] constinit bool under_our_monitor = false;

Region Between(const std::byte* begin, const std::byte* end) {
  return {AddressOf(begin), AddressOf(end)};
}

/// The core whose stack, or the guard below it, holds `address`; 0 for any other.
[[gnu::cold]] std::uint32_t CoreOfStack(VirtAddr address) {
  const Region stacks = Between(core_stacks_begin, core_stacks_end);
  if (!stacks.Contains(address)) return 0;
  return static_cast<std::uint32_t>((address - stacks.begin).count() / CORE_STACK_SIZE) + 1;
}

[[gnu::cold]] ImageLayout Layout(std::uint32_t core) {
  // The main stack's top page also holds other data: a frame pointer does not lead there.
  ImageLayout layout = {.nucleus = Between(nucleus_begin, nucleus_end),
                        .core_pages = Between(core_pages_begin, core_pages_end),
                        .text = Between(text_begin, text_end),
                        .constants = Between(text_end, rodata_end),
                        .data = Between(rodata_end, image_end),
                        .stack = Between(stack_bottom, stack_top),
                        .stack_guard = Between(stack_guard, stack_bottom),
                        .fault_stack_guard = Between(fault_stack_guard, fault_stack_bottom)};
  if (core != 0) {
    const VirtAddr begin =
        AddressOf(core_stacks_begin) + Bytes(std::uint64_t{core - 1} * CORE_STACK_SIZE);
    layout.stack_guard = {begin, begin + kPageSize};
    layout.stack = {layout.stack_guard.end, begin + Bytes(CORE_STACK_SIZE)};
  }
  return layout;
}

[[noreturn, gnu::cold]] void ReportAndEnd(Crash& crash) {
  const ImageLayout layout = Layout(crash.core);
  std::array<std::uint64_t, kMaxBacktrace> addresses;
  const std::size_t count = Backtrace({.instruction = crash.instruction,
                                       .stack_pointer = crash.stack_pointer,
                                       .frame_pointer = VirtAddr(crash.registers.rbp),
                                       .stack = layout.stack,
                                       .text = layout.text},
                                      addresses);
  crash.backtrace = std::span(addresses).first(count);
  WriteReport(crash, layout, &WriteLine);
  nucleus::End(ABI_EXIT_FAULT);
}

[[noreturn, gnu::cold]] void ReportCheck(std::string_view message) {
  // The frames of this function and of CheckFailed tell nothing: the report begins with their
  // caller.
  const auto* const own_frame = static_cast<const std::uint64_t*>(__builtin_frame_address(0));
  const std::uint64_t check_failed_frame = own_frame[0];
  Crash crash;
  crash.kind = Crash::Kind::kCheck;
  crash.message = message;
  crash.stack_pointer = VirtAddr(check_failed_frame + 16);
  crash.core = CoreOfStack(VirtAddr(check_failed_frame));
  const ImageLayout layout = Layout(crash.core);
  if (layout.stack.Contains(VirtAddr(check_failed_frame))) {
    const auto* const words =
        reinterpret_cast<const std::uint64_t*>(ToPointer(PhysAddr(check_failed_frame)));
    crash.registers.rbp = words[0];
    // The call itself, not the address behind it, which may already be another function's.
    crash.instruction = VirtAddr(words[1] - 1);
  }
  ReportAndEnd(crash);
}

}  // namespace

void WriteLine(std::string_view line) {
  // No console driver's state is trusted: the image may be broken, perhaps just there.
  if (under_our_monitor) {
    devices::monitor_console::WriteText(line);
  } else if (devices::debug_console::IsPresent()) {
    devices::debug_console::WriteText(line);
  } else {
    devices::serial_console::WriteTextNow(line);
  }
}

[[gnu::hot]] void Start(std::uint32_t protocol) {
  under_our_monitor = protocol == ABI_BOOT_MONITOR;
  SetCheckHandler(&ReportCheck);
}

}  // namespace kernel::debug

void HandleFault(const kernel::debug::Registers* registers) {
  using kernel::VirtAddr;
  const kernel::nucleus::FaultFrame& fault = kernel::nucleus::PendingFault();
  kernel::debug::Crash crash{.kind = kernel::debug::Crash::Kind::kFault,
                             .core = kernel::nucleus::CoreOf(fault),
                             .vector = fault.vector,
                             .error = fault.error,
                             .address = VirtAddr(fault.cr2),
                             .message = {},
                             .instruction = VirtAddr(fault.rip),
                             .stack_pointer = VirtAddr(fault.rsp),
                             .flags = fault.rflags,
                             .registers = *registers,
                             .backtrace = {}};
  kernel::debug::ReportAndEnd(crash);
}
