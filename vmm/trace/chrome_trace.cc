// The trace file: the monitor's phases, the guest's phases and each vCPU's exits, one row each.
#include "vmm/base/text.h"
#include "vmm/trace/json_writer.h"
#include "vmm/trace/observation.h"

namespace vmm {
namespace {

constexpr std::int64_t kProcess = 1;
// kExitRow is the first vCPU's; the others' follow.
enum Row : std::int64_t { kMonitorRow = 1, kGuestRow = 2, kExitRow = 3 };

void WriteRowName(std::int64_t row, std::string_view name, JsonWriter& json) {
  json.BeginObject();
  json.String("name", "thread_name");
  json.String("ph", "M");
  json.Number("pid", kProcess);
  json.Number("tid", row);
  json.BeginObject("args");
  json.String("name", name);
  json.EndObject();
  json.EndObject();
}

void WritePhase(std::string_view name, std::int64_t row, std::int64_t begin_ns, std::int64_t end_ns,
                JsonWriter& json) {
  json.BeginObject();
  json.String("name", name);
  json.String("ph", "X");
  json.Number("pid", kProcess);
  json.Number("tid", row);
  json.Microseconds("ts", begin_ns);
  json.Microseconds("dur", end_ns > begin_ns ? end_ns - begin_ns : 0);
  json.EndObject();
}

void WriteInstant(const Mark& mark, Row row, JsonWriter& json) {
  json.BeginObject();
  json.String("name", mark.name);
  json.String("ph", "i");
  json.String("s", "t");
  json.Number("pid", kProcess);
  json.Number("tid", row);
  json.Microseconds("ts", mark.ns);
  json.EndObject();
}

// The first four marks are the monitor's; each ends the phase that has its name.
void WritePhases(const Observation& observation, JsonWriter& json) {
  constexpr std::size_t kHostMarks = 4;
  constexpr std::string_view kHostPhases[] = {"create VM", "load image", "create vCPU"};
  const std::vector<Mark> marks = Marks(observation);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Row row = i < kHostMarks ? kMonitorRow : kGuestRow;
    WriteInstant(marks[i], row, json);
    if (i + 1 == marks.size()) continue;
    if (i + 1 < kHostMarks) {
      WritePhase(kHostPhases[i], kMonitorRow, marks[i].ns, marks[i + 1].ns, json);
    } else if (i >= kHostMarks) {
      WritePhase(marks[i].name, kGuestRow, marks[i].ns, marks[i + 1].ns, json);
    }
  }
  WritePhase("run", kMonitorRow, observation.timeline.SinceOrigin(observation.host.vcpu_run),
             observation.timeline.SinceOrigin(observation.ended), json);
}

}  // namespace

std::string TraceJson(const Observation& observation) {
  JsonWriter json;
  json.BeginObject();
  json.String("displayTimeUnit", "ns");
  json.BeginArray("traceEvents");
  WriteRowName(kMonitorRow, "monitor", json);
  WriteRowName(kGuestRow, "guest", json);
  WriteRowName(kExitRow, "exits, handled by the monitor", json);
  WritePhases(observation, json);
  std::uint32_t named = 0;
  for (const Exit& exit : observation.exits->kept()) {
    while (named < exit.vcpu) {
      ++named;
      WriteRowName(kExitRow + named, Cat("exits of vCPU ", named), json);
    }
    WritePhase(ExitName(exit.reason), kExitRow + exit.vcpu,
               observation.timeline.SinceOrigin(exit.begin),
               observation.timeline.SinceOrigin(exit.end), json);
  }
  json.EndArray();
  json.EndObject();
  return json.text() + "\n";
}

}  // namespace vmm
