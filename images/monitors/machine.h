// What to boot and on which monitor, and the one place that turns this into command lines: for our
// monitor and for the pinned QEMU.
//
// For host tools: the launcher of appliances, the test harness and the boot benchmark.
#ifndef IMAGES_MONITORS_MACHINE_H_
#define IMAGES_MONITORS_MACHINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "images/monitors/process.h"

namespace monitors {

enum class Monitor { kVmm, kQemuMicrovm, kQemuQ35, kQemuPc, kQemuOvmf };
enum class Accelerator { kKvm, kTcg };
/// What lies before the image under QEMU.
enum class Firmware { kQboot, kSeabios, kOvmf };
/// How the image reaches the machine: given to the monitor, or read by firmware.
enum class Medium { kKernel, kDisk, kCdrom };
/// The controller that a disk or CD hangs on: ATA (AHCI on q35), virtio-blk, USB, virtio-scsi, or
/// (on pc) that of floppy disks.
enum class Bus { kIde, kVirtio, kUsb, kScsi, kFloppy };

/// Where the monitors are. Paths are used as they stand.
struct Tools {
  std::string vmm = {};   // Our monitor's binary.
  std::string qemu = {};  // The root of the pinned QEMU's tree.
  std::string ovmf = {};  // The root of the pinned OVMF's tree.
};

/// One boot. Everything that a user may choose about it.
struct Machine {
  Monitor monitor = Monitor::kVmm;
  Accelerator accelerator = Accelerator::kKvm;
  std::string image = {};      // Path of the file to boot.
  std::string format = "elf";  // The ending of an appliance's file: elf, multiboot, img, iso ...
  std::string memory = "32M";  // Guest memory: a number with suffix M or G. OVMF gets at least 64M.
  std::string cpus = "1";
  std::string command_line = {};
  bool count_instructions = false;           // QEMU with TCG only; see CommandLine.
  std::vector<std::string> vmm_flags = {};   // For our monitor only, passed on as they stand.
  std::vector<std::string> qemu_flags = {};  // For QEMU only, passed on as they stand.
  // QEMU only. By default what suits the format: see EffectiveMedium and EffectiveFirmware.
  std::optional<Medium> medium = {};
  std::optional<Firmware> firmware = {};
  Bus bus = Bus::kIde;
  /// What -initrd says: a file for the loader to bring along; for a multiboot image several, each
  /// with words behind its name, separated by commas.
  std::string initrd = {};
  std::optional<std::uint64_t> bad_sector = {};  // Of a disk: reading these 512 bytes fails.
  std::string cpu = {};  // QEMU's name of a processor; by default all that the accelerator has.

  bool is_qemu() const { return monitor != Monitor::kVmm; }
};

/// The medium chosen, or that of the format: an iso is a CD; img, esp, qcow2, vmdk and vhd are
/// disks; any other is a kernel.
Medium EffectiveMedium(const Machine& machine);

/// The firmware chosen, or that of monitor and medium: OVMF under qemu_ovmf, SeaBIOS to read a disk
/// or CD, else qboot.
Firmware EffectiveFirmware(const Machine& machine);

/// "vmm", "qemu_microvm" and so on; an error lists them.
[[nodiscard]] Result<Monitor> MonitorFromName(std::string_view name);
std::string_view NameOf(Monitor monitor);

/// "kvm" or "tcg"; an error lists them.
[[nodiscard]] Result<Accelerator> AcceleratorFromName(std::string_view name);
std::string_view NameOf(Accelerator accelerator);

/// "qboot", "seabios" or "ovmf"; "kernel", "disk" or "cdrom"; "ide", "virtio", "usb", "scsi"
/// or "floppy". Errors list them.
[[nodiscard]] Result<Firmware> FirmwareFromName(std::string_view name);
[[nodiscard]] Result<Medium> MediumFromName(std::string_view name);
[[nodiscard]] Result<Bus> BusFromName(std::string_view name);

/// The program and its arguments that boot `machine` with its console on standard output.
/// An error for what the monitor cannot do: our monitor without KVM or with anything but an ELF
/// file, counting elsewhere than in TCG, words or initrd for an image that has its command line
/// inside.
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
