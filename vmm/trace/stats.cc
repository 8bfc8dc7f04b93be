// The statistics file, and the marks that both files share.
#include "vmm/kvm/linux_kvm.h"
#include "vmm/trace/json_writer.h"
#include "vmm/trace/observation.h"

namespace vmm {
namespace {

void WriteExits(const Observation& observation, JsonWriter& json) {
  json.BeginObject("exits");
  const auto& counters = observation.exits->counters();
  ExitLog::Counter other;
  for (std::uint32_t reason = 0; reason < counters.size(); ++reason) {
    const ExitLog::Counter& counter = counters[reason];
    if (counter.count == 0) continue;
    if (ExitName(reason) == "other") {
      other.count += counter.count;
      other.ticks += counter.ticks;
      continue;
    }
    json.BeginObject(ExitName(reason));
    json.Number("count", static_cast<std::int64_t>(counter.count));
    json.Number("ns", observation.timeline.Duration(counter.ticks));
    json.EndObject();
  }
  if (other.count != 0) {
    json.BeginObject("other");
    json.Number("count", static_cast<std::int64_t>(other.count));
    json.Number("ns", observation.timeline.Duration(other.ticks));
    json.EndObject();
  }
  json.EndObject();
}

void WriteMemory(const MemoryUsage& memory, JsonWriter& json) {
  json.BeginObject("memory");
  json.Number("guest_bytes", static_cast<std::int64_t>(memory.guest_bytes));
  json.Number("touched_bytes", static_cast<std::int64_t>(memory.touched_bytes));
  json.Number("monitor_private_bytes", static_cast<std::int64_t>(memory.monitor_private_bytes));
  json.EndObject();
}

// kvm-pvm emulates ring 0, and of ring 3 only accesses to ports, each of which is one exit: what is
// left is the exact number of ring-0 instructions. Elsewhere KVM emulates this and that.
void WriteEmulation(const Observation& observation, JsonWriter& json) {
  if (!observation.emulated_instructions) return;
  const auto emulated = static_cast<std::int64_t>(*observation.emulated_instructions);
  json.Number("insn_emulation", emulated);
  if (observation.backend != "pvm") return;
  const auto accesses = static_cast<std::int64_t>(observation.exits->counters()[KVM_EXIT_IO].count);
  json.Number("ring0_instructions", emulated - accesses);
}

}  // namespace

std::vector<Mark> Marks(const Observation& observation) {
  std::vector<Mark> marks;
  const auto add = [&](std::string_view name, Ticks ticks) {
    if (ticks != 0) marks.push_back({name, observation.timeline.SinceOrigin(ticks)});
  };
  add("monitor_start", observation.host.monitor_start);
  add("vm_created", observation.host.vm_created);
  add("image_loaded", observation.host.image_loaded);
  add("vcpu_run", observation.host.vcpu_run);
  if (!observation.guest) return marks;
  for (std::size_t i = 0; i < abi::kBootMarkCount; ++i) {
    const bool is_ours = i == ABI_MARK_NUCLEUS_ENTRY && observation.entered_directly;
    add(abi::kBootMarkNames[i], is_ours ? observation.host.vcpu_run : observation.guest->tsc[i]);
  }
  return marks;
}

std::string StatsJson(const Observation& observation) {
  JsonWriter json;
  json.BeginObject();
  json.String("backend", observation.backend);
  json.Number("start_monotonic_ns", observation.timeline.origin_ns());
  json.BeginObject("marks_ns");
  for (const Mark& mark : Marks(observation)) json.Number(mark.name, mark.ns);
  json.EndObject();
  WriteExits(observation, json);
  json.Number("exits_to_app_main", static_cast<std::int64_t>(observation.exits_to_app_main));
  WriteMemory(observation.memory, json);
  json.Number("cpu_ns", observation.process.cpu_ns);
  json.Number("involuntary_switches", observation.process.involuntary_switches);
  WriteEmulation(observation, json);
  json.EndObject();
  return json.text() + "\n";
}

}  // namespace vmm
