// What to boot and on which monitor, and the one place that turns this into command lines: for our
// monitor and for the pinned QEMU.
//
// For host tools: the launcher of appliances, the test harness and the boot benchmark.
#ifndef IMAGES_MONITORS_MACHINE_H_
#define IMAGES_MONITORS_MACHINE_H_

#include <string>
#include <string_view>
#include <vector>

#include "images/monitors/process.h"

namespace monitors {

enum class Monitor { kVmm, kQemuMicrovm, kQemuQ35 };
enum class Accelerator { kKvm, kTcg };

/// Where the monitors are. Paths are used as they stand.
struct Tools {
  std::string vmm = {};   // Our monitor's binary.
  std::string qemu = {};  // The root of the pinned QEMU's tree.
};

/// One boot. Everything that a user may choose about it.
struct Machine {
  Monitor monitor = Monitor::kVmm;
  Accelerator accelerator = Accelerator::kKvm;
  std::string image = {};      // Path of the ELF file.
  std::string memory = "32M";  // Guest memory: a number with suffix M or G.
  std::string cpus = "1";
  std::string command_line = {};
  bool count_instructions = false;          // QEMU with TCG only; see CommandLine.
  std::vector<std::string> vmm_flags = {};  // For our monitor only, passed on as they stand.

  bool is_qemu() const { return monitor != Monitor::kVmm; }
};

/// "vmm", "qemu_microvm" or "qemu_q35"; an error lists them.
[[nodiscard]] Result<Monitor> MonitorFromName(std::string_view name);
std::string_view NameOf(Monitor monitor);

/// "kvm" or "tcg"; an error lists them.
[[nodiscard]] Result<Accelerator> AcceleratorFromName(std::string_view name);
std::string_view NameOf(Accelerator accelerator);

/// The program and its arguments that boot `machine` with its console on standard output.
/// An error for what the monitor cannot do: our monitor without KVM, counting elsewhere than in
/// TCG.
[[nodiscard]] Result<std::vector<std::string>> CommandLine(const Machine& machine,
                                                           const Tools& tools);

/// What must stand in the environment of that program.
std::vector<std::string> Environment(const Machine& machine, const Tools& tools);

/// The pinned QEMU with its firmware, before any argument that says what to run; and its
/// environment.
std::vector<std::string> QemuProgram(const Tools& tools);
std::vector<std::string> QemuEnvironment(const Tools& tools);

/// Nothing if /dev/kvm (or `device`) can make virtual machines; otherwise why not, and the remedy.
[[nodiscard]] Result<void> KvmUsable(const std::string& device = "/dev/kvm");

}  // namespace monitors

#endif  // IMAGES_MONITORS_MACHINE_H_
