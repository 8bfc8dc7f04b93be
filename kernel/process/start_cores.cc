// The unit's start: finds the machine's cores and starts them, all at once.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/base/text_writer.h"
#include "kernel/debug/debug.h"
#include "kernel/memory/memory_map.h"
#include "kernel/nucleus/cores.h"
#include "kernel/nucleus/image_symbols.h"
#include "kernel/nucleus/loader_memory.h"
#include "kernel/nucleus/wait.h"
#include "kernel/process/core_list.h"
#include "kernel/process/core_state.h"
#include "kernel/process/find_cores.h"
#include "kernel/process/start_page.h"
#include "kernel/process/unit.h"

namespace kernel::process {
namespace {

// Between two looks whether all have come. A core takes 0.1 to 1 ms to start.
constexpr Nanoseconds kLook{100'000};
// 10 ms, then, after a second start-up interrupt, at least 100 ms: a core of a busy virtual machine
// gets its turn late.
constexpr std::uint32_t kFirstLooks = 100;
constexpr std::uint32_t kSecondLooks = 1000;

// APIC ids by core number.
struct Plan {
  std::array<std::uint8_t, nucleus::kMaxCores> ids{};
  std::uint32_t count = 1;  // Core 0, which is here, included.
};

[[gnu::cold]] void Say(std::string_view what, std::uint64_t number, std::string_view rest) {
  std::array<char, 160> buffer;
  TextWriter line(buffer);
  debug::WriteLine(line.Text("torito: ").Text(what).Decimal(number).Text(rest).Text("\n").view());
}

CoreList LookForCores(const abi::BootHandoff& handoff) {
  const std::array<boot::Window, 2> windows = {{
      {nucleus::kFirstMapped, std::span(ToPointer(nucleus::kFirstMapped),
                                        (nucleus::kEndOfMapped - nucleus::kFirstMapped).count())},
      {PhysAddr(0), std::span(nucleus::FirstPage(), kPageSize.count())},
  }};
  const FoundCores found = FindCores(handoff, boot::PhysicalMemory(windows));
  if (found.error) {
    std::array<char, 160> buffer;
    TextWriter line(buffer);
    debug::WriteLine(line.Text("torito: the machine's table of cores cannot be used (")
                         .Text(ErrorName(*found.error))
                         .Text("): one core runs\n")
                         .view());
  }
  if (found.cores.left_out() != 0) {
    Say("", found.cores.left_out(), " cores left alone: an image runs 16, with APIC ids below 255");
  }
  return found.cores;
}

std::string_view TextAt(PhysAddr address) {
  return reinterpret_cast<const char*>(nucleus::LoaderMemory(address));
}

bool WaitForAll(const Plan& plan, std::uint32_t looks) {
  for (;;) {
    std::uint32_t started = 1;
    while (started < plan.count && HasStarted(started)) ++started;
    if (started == plan.count) return true;
    if (looks-- == 0) return false;
    nucleus::Wait(kLook);
  }
}

void StartAll(const Plan& plan) {
  for (std::uint32_t core = 1; core < plan.count; ++core) {
    if (!HasStarted(core)) nucleus::StartCore(core);
  }
}

/// Returns how many run: those before the first that does not come.
std::uint32_t StartCores(const Plan& plan) {
  // No pause between reset and start: processors that need one cannot run this image anyway.
  // Source: Intel SDM vol. 3A, section 8.4.4.1, whose pause of 10 ms is of 1996.
  StartAll(plan);
  if (WaitForAll(plan, kFirstLooks)) return plan.count;
  StartAll(plan);
  if (WaitForAll(plan, kSecondLooks)) return plan.count;
  std::uint32_t running = plan.count;
  for (std::uint32_t core = plan.count - 1; core != 0; --core) {
    if (HasStarted(core)) continue;
    Say("the core with APIC id ", plan.ids[core], " does not start: it and those after are left");
    running = core;
  }
  return running;
}

}  // namespace

Result<void> Start(const abi::BootHandoff& handoff) {
  const CoreList cores = LookForCores(handoff);
  if (cores.ids().size() < 2) return {};
  const memory::Hole image = {PhysAddr(AddressOf(nucleus_begin).value()),
                              AddressOf(image_end) - AddressOf(nucleus_begin)};
  const memory::Holes holes = memory::FindHoles(handoff, image, TextAt);
  const auto page = FindStartPage(handoff, holes.view());
  if (!page) {
    debug::WriteLine("torito: no memory below 640 KiB to start cores in: one core runs\n");
    return {};
  }
  const auto own_id = nucleus::PrepareCores(*page);
  if (!own_id) return std::unexpected(own_id.error());
  nucleus::UseInterrupts();

  Plan plan;
  for (const std::uint8_t id : cores.ids()) {
    if (id == *own_id || plan.count == plan.ids.size()) continue;
    plan.ids[plan.count] = id;
    if (const auto reset = nucleus::ResetCore(plan.count, id); !reset) return reset;
    ++plan.count;
  }
  SetCoreCount(StartCores(plan));
  return {};
}

}  // namespace kernel::process
