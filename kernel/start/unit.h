// The unit table: what an image consists of, in the order of its start. Written by
// kernel/unit_table.bzl.
#ifndef KERNEL_START_UNIT_H_
#define KERNEL_START_UNIT_H_

#include <cstddef>
#include <string_view>

#include "kernel/abi/boot_handoff.h"
#include "kernel/base/result.h"

namespace kernel::start {

struct Unit {
  std::string_view name;
  // An Error ends the image: a unit that an image can do without starts without its device.
  Result<void> (*start)(const abi::BootHandoff& handoff);
};

/// Ends the image with a report that names the unit.
[[noreturn]] void UnitFailed(std::string_view name, Error error);

/// Starts every unit in order. A template, so that the compiler sees the table and calls each one
/// directly.
template <std::size_t count>
inline void StartAll(const Unit (&units)[count], const abi::BootHandoff& handoff) {
  for (const Unit& unit : units) {
    if (const Result<void> started = unit.start(handoff); !started) {
      UnitFailed(unit.name, started.error());
    }
  }
}

/// The image's name, as its argv[0]; in the generated file.
extern const char kProgramName[];

/// StartAll for the image's own table; in the generated file.
void StartUnits(const abi::BootHandoff& handoff);

}  // namespace kernel::start

#endif  // KERNEL_START_UNIT_H_
