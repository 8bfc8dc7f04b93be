#include "tests/harness/boot_plan.h"

#include <array>
#include <cstdint>
#include <string>

namespace harness {
namespace {

constexpr std::array<std::string_view, 19> kFlags = {
    "monitor",    "accelerator", "image",     "format",   "medium",   "firmware", "bus",
    "bad-sector", "cpu",         "memory",    "cpus",     "cmdline",  "initrd",   "vmm",
    "qemu",       "ovmf",        "timeout-s", "vmm-flag", "qemu-flag"};

// Stores the value that `parse` makes of the flag, if there is one.
template <typename Parse, typename Value>
Result<void> Take(const Flags& flags, std::string_view name, Parse parse, Value& value) {
  const std::string text = flags.Get(name);
  if (text.empty()) return {};
  const auto parsed = parse(text);
  if (!parsed) return std::unexpected(parsed.error());
  value = *parsed;
  return {};
}

}  // namespace

std::vector<std::string_view> BootFlagsAnd(std::span<const std::string_view> more) {
  std::vector<std::string_view> all(kFlags.begin(), kFlags.end());
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

Result<BootPlan> BootPlanFrom(const Flags& flags) {
  BootPlan plan = {
      .machine = {.image = flags.Get("image"),
                  .format = flags.Get("format", "elf"),
                  .memory = flags.Get("memory", "32M"),
                  .cpus = flags.Get("cpus", "1"),
                  .command_line = flags.Get("cmdline"),
                  .vmm_flags = flags.All("vmm-flag"),
                  .qemu_flags = flags.All("qemu-flag"),
                  .initrd = flags.Get("initrd"),
                  .cpu = flags.Get("cpu")},
      .tools = {.vmm = flags.Get("vmm"), .qemu = flags.Get("qemu"), .ovmf = flags.Get("ovmf")}};
  monitors::Machine& machine = plan.machine;
  for (const Result<void>& taken :
       {Take(flags, "monitor", monitors::MonitorFromName, machine.monitor),
        Take(flags, "accelerator", monitors::AcceleratorFromName, machine.accelerator),
        Take(flags, "medium", monitors::MediumFromName, machine.medium),
        Take(flags, "firmware", monitors::FirmwareFromName, machine.firmware),
        Take(flags, "bus", monitors::BusFromName, machine.bus)}) {
    if (!taken) return std::unexpected(taken.error());
  }
  if (!flags.Get("bad-sector").empty()) {
    const Result<std::int64_t> sector = flags.Number("bad-sector", 0);
    if (!sector) return std::unexpected(sector.error());
    machine.bad_sector = static_cast<std::uint64_t>(*sector);
  }
  const Result<std::int64_t> timeout = flags.Number("timeout-s", 30);
  if (!timeout) return std::unexpected(timeout.error());
  plan.timeout_ns = *timeout * 1'000'000'000;
  return plan;
}

}  // namespace harness
