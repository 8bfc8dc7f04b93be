#include "tests/ladder/ladder.h"

#include <algorithm>
#include <array>
#include <format>

namespace ladder {
namespace {

constexpr std::array<Stretch, kStretches> kStretchTable = {{
    {"monitor and firmware", "exec", "nucleus_entry", 0},
    {"nucleus", "nucleus_entry", "ring3_entry", 0},
    {"handoff", "ring3_entry", "kernel_main", 0},
    {"units", "kernel_main", "app_main", 0},
    {"application and end", "app_main", "end", 0},
}};

struct Promise {
  std::string_view slower;
  std::string_view faster;
  double at_least;
  bool by_kvm_only;
};

// What the whole is about: the rungs lie apart by more than noise can be.
constexpr std::array<Promise, 4> kOrder = {{
    {"raw", "multiboot_seabios", 3, false},
    {"multiboot_seabios", "multiboot_qboot", 1, false},
    {"multiboot_qboot", "microvm", 1, false},
    {"microvm", "vmm", 40, true},
}};

const harness::Sample* FastestOf(const harness::Series& marked) {
  const auto fastest = std::ranges::min_element(
      marked.samples, {}, [](const auto& sample) { return harness::At(sample.marks, "app_main"); });
  return fastest == marked.samples.end() ? nullptr : &*fastest;
}

std::int64_t TimeOf(const harness::Sample& sample, std::string_view mark) {
  if (mark == "exec") return 0;
  if (mark == "end") return sample.process_ns - sample.exec_ns;
  return harness::At(sample.marks, mark);
}

}  // namespace

const Step* Ladder::Find(std::string_view full_name) const {
  const auto found = std::ranges::find_if(steps, [&](const Step& step) {
    return step.measured() && step.rung.full_name() == full_name;
  });
  return found == steps.end() ? nullptr : &*found;
}

bool Ladder::failed() const {
  return std::ranges::any_of(steps,
                             [](const Step& step) { return step.status == Status::kFailed; });
}

void Ladder::Add(const Ladder& more) {
  const auto append = [](harness::Series& series, const harness::Series& others) {
    series.samples.insert(series.samples.end(), others.samples.begin(), others.samples.end());
  };
  append(unit, more.unit);
  append(echo, more.echo);
  for (std::size_t i = 0; i < steps.size() && i < more.steps.size(); ++i) {
    append(steps[i].whole, more.steps[i].whole);
    append(steps[i].marked, more.steps[i].marked);
    if (more.steps[i].status != Status::kFailed) continue;
    steps[i].status = Status::kFailed;
    steps[i].reason = more.steps[i].reason;
  }
}

std::vector<Stretch> StretchesOf(const Step& step) {
  const harness::Sample* const fastest = step.measured() ? FastestOf(step.marked) : nullptr;
  if (fastest == nullptr) return {};
  std::vector<Stretch> stretches(kStretchTable.begin(), kStretchTable.end());
  for (Stretch& stretch : stretches) {
    stretch.length_ns = TimeOf(*fastest, stretch.to) - TimeOf(*fastest, stretch.from);
  }
  return stretches;
}

std::string Check::Line() const {
  if (value == 0) return std::format("{} > {}: not measured", slower, faster);
  return std::format("{} > {}: {:.1f} times, wanted more than {:.0f}", slower, faster, value,
                     at_least);
}

std::vector<Check> OrderOf(const Ladder& ladder, monitors::Accelerator accelerator) {
  std::vector<Check> checks;
  for (const Promise& promise : kOrder) {
    if (promise.by_kvm_only && accelerator != monitors::Accelerator::kKvm) continue;
    Check check = {.slower = std::format("{}_{}", promise.slower, monitors::NameOf(accelerator)),
                   .faster = std::format("{}_{}", promise.faster, monitors::NameOf(accelerator)),
                   .at_least = promise.at_least};
    const Step* const slower = ladder.Find(check.slower);
    const Step* const faster = ladder.Find(check.faster);
    if (slower != nullptr && faster != nullptr && faster->app_main_ns() > 0) {
      check.value =
          static_cast<double>(slower->app_main_ns()) / static_cast<double>(faster->app_main_ns());
    }
    checks.push_back(check);
  }
  return checks;
}

}  // namespace ladder
