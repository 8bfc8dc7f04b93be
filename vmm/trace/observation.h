// Observation: what was seen of one run, and the two files in which users read it.
#ifndef VMM_TRACE_OBSERVATION_H_
#define VMM_TRACE_OBSERVATION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/abi/boot_mark.h"
#include "vmm/trace/clock.h"
#include "vmm/trace/exit_log.h"
#include "vmm/trace/host_usage.h"

namespace vmm {

/// The monitor's own instants; 0 = not reached.
struct HostMarks {
  Ticks monitor_start = 0;  // The first instruction of main().
  Ticks vm_created = 0;
  Ticks image_loaded = 0;
  Ticks vcpu_run = 0;  // Just before the first KVM_RUN.
};

/// A named instant of the run.
struct Mark {
  std::string_view name;
  std::int64_t ns;  // Since the monitor's start.
};

struct Observation {
  Timeline timeline;
  HostMarks host;
  bool entered_directly = false;             // Then there is no nucleus entry of the guest's own.
  std::optional<abi::BootClock> guest = {};  // Of images with a BootBlock, on the host's counter.
  Ticks ended = 0;                           // The guest's last exit.
  const ExitLog* exits = nullptr;
  std::uint64_t exits_to_app_main = 0;
  std::optional<std::uint64_t> emulated_instructions = {};  // By KVM, all that it emulated.
  std::string_view backend = {};
  MemoryUsage memory = {};
  ProcessUsage process = {};
};

/// Every mark that was reached, in the order of abi's and the architecture's list. With direct
/// entry the monitor does the nucleus's work: nucleus_entry is then vcpu_run.
std::vector<Mark> Marks(const Observation& observation);

/// What --stats=FILE holds.
std::string StatsJson(const Observation& observation);

/// What --trace=FILE holds: Chrome trace events, host and guest on one clock.
/// Source: "Trace Event Format", the Chromium project.
std::string TraceJson(const Observation& observation);

}  // namespace vmm

#endif  // VMM_TRACE_OBSERVATION_H_
