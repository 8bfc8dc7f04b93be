// The named instants of a boot. The guest samples the time-stamp counter at each of its own marks
// into the image's BootClock; the monitor and the test harness translate the samples to host time.
#ifndef KERNEL_ABI_BOOT_MARK_H_
#define KERNEL_ABI_BOOT_MARK_H_

// Slots of BootClock that assembly fills.
#define ABI_MARK_NUCLEUS_ENTRY \
  0  // First instruction of the image; 0 when ring 3 is entered directly.
#define ABI_MARK_RING3_ENTRY 1  // First instruction in ring 3.

#ifndef __ASSEMBLER__
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace abi {

enum class BootMark : std::uint32_t {
  kNucleusEntry = ABI_MARK_NUCLEUS_ENTRY,
  kRing3Entry = ABI_MARK_RING3_ENTRY,
  kKernelMain = 2,  // BootHandoff is complete.
  kUnitsReady = 3,  // Every unit and driver that the image names has been started.
  kAppMain = 4,     // The last instant before the application's main.
  kExit = 5,        // The last instant before the image asks to be ended.
};
inline constexpr std::size_t kBootMarkCount = 6;

/// Names as they stand in reports, indexed by BootMark.
inline constexpr std::string_view kBootMarkNames[kBootMarkCount] = {
    "nucleus_entry", "ring3_entry", "kernel_main", "units_ready", "app_main", "exit"};

/// Time-stamp counter at each mark; 0 = not reached.
struct BootClock {
  std::uint64_t tsc[kBootMarkCount];
};

/// On this word on the command line the image prints, as its last console line before it ends,
/// kBootMarksPrefix and kBootMarkCount decimal samples, separated by single spaces, in BootMark
/// order. For loaders that cannot read guest memory; our monitor reads BootClock itself.
inline constexpr std::string_view kBootMarksWord = "torito.marks";
inline constexpr std::string_view kBootMarksPrefix = "torito-marks ";

}  // namespace abi
#endif  // __ASSEMBLER__

#endif  // KERNEL_ABI_BOOT_MARK_H_
