// The rungs of the ladder: every way in which the same appliance can be started, as data.
#ifndef TESTS_LADDER_RUNGS_H_
#define TESTS_LADDER_RUNGS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "images/monitors/machine.h"

namespace ladder {

using monitors::Result;

/// What Toro's author measured on the rung that corresponds to one of ours: milliseconds from the
/// launch of the monitor to the kernel's main (docs/boot.md names the sources).
struct ToroFigure {
  std::string_view what;
  double ms;
};

/// `/bin/echo hello` on Toro's machine.
inline constexpr double kToroEchoMs = 2.63;

struct Rung {
  std::string_view name;   // As --rungs takes it.
  std::string_view title;  // For people.
  std::string_view
      image;  // The format of the file; "empty" is the ELF file of the empty appliance.
  monitors::Monitor monitor = monitors::Monitor::kQemuPc;
  monitors::Accelerator accelerator = monitors::Accelerator::kTcg;
  std::optional<monitors::Firmware> firmware = {};
  std::string_view entry = "";  // Of our monitor: its flag --boot.
  std::string_view memory = "32M";
  std::optional<ToroFigure> toro = {};
  /// Its firmware needs a KVM that runs all of ring 0: on a lesser one it cannot run, which is no
  /// failure of ours.
  bool whole_kvm = false;
  /// Not of the ladder: measured only if --rungs names it.
  bool extra = false;

  /// "microvm_kvm": unique.
  std::string full_name() const;
  /// What to start. `path`: of the image.
  monitors::Machine MachineOf(std::string path) const;
};

/// All of them, in the order in which a round climbs them: the fastest first, KVM before TCG.
std::vector<Rung> AllRungs();

/// Those of `rungs` that are named in `names`, separated by commas, by name (both accelerators) or
/// full name; all but the extra ones if there are no names. An error names what is unknown.
[[nodiscard]] Result<std::vector<Rung>> Select(std::span<const Rung> rungs, std::string_view names);

}  // namespace ladder

#endif  // TESTS_LADDER_RUNGS_H_
