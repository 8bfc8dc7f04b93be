#include "images/monitors/machine.h"

#include <fcntl.h>
#include <linux/kvm.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <format>
#include <initializer_list>
#include <system_error>
#include <utility>

#include "kernel/abi/ports.h"

namespace monitors {
namespace {

constexpr std::array<std::pair<Monitor, std::string_view>, 5> kMonitors = {{
    {Monitor::kVmm, "vmm"},
    {Monitor::kQemuMicrovm, "qemu_microvm"},
    {Monitor::kQemuQ35, "qemu_q35"},
    {Monitor::kQemuPc, "qemu_pc"},
    {Monitor::kQemuOvmf, "qemu_ovmf"},
}};

constexpr std::array<std::pair<Firmware, std::string_view>, 3> kFirmware = {{
    {Firmware::kQboot, "qboot"},
    {Firmware::kSeabios, "seabios"},
    {Firmware::kOvmf, "ovmf"},
}};

constexpr std::array<std::pair<Medium, std::string_view>, 3> kMedia = {{
    {Medium::kKernel, "kernel"},
    {Medium::kDisk, "disk"},
    {Medium::kCdrom, "cdrom"},
}};

constexpr std::array<std::pair<Bus, std::string_view>, 5> kBuses = {{
    {Bus::kIde, "ide"},
    {Bus::kVirtio, "virtio"},
    {Bus::kUsb, "usb"},
    {Bus::kScsi, "scsi"},
    {Bus::kFloppy, "floppy"},
}};

// Formats that firmware reads from a disk, and what QEMU calls them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kDiskFormats = {{
    {"img", "raw"},
    {"memory_img", "raw"},
    {"esp", "raw"},
    {"iso", "raw"},
    {"qcow2", "qcow2"},
    {"vmdk", "vmdk"},
    {"vhd", "vpc"},
}};

constexpr std::array<std::pair<Accelerator, std::string_view>, 2> kAccelerators = {{
    {Accelerator::kKvm, "kvm"},
    {Accelerator::kTcg, "tcg"},
}};

template <typename Table>
auto FromName(const Table& table, std::string_view what, std::string_view name)
    -> Result<std::remove_cvref_t<decltype(table[0].first)>> {
  std::string known;
  for (const auto& [value, its_name] : table) {
    if (its_name == name) return value;
    known += std::format("{}{}", known.empty() ? "" : ", ", its_name);
  }
  return std::unexpected(std::format("no {} named \"{}\"; known: {}", what, name, known));
}

template <typename Table, typename Value>
std::string_view ToName(const Table& table, Value value) {
  for (const auto& [its_value, name] : table) {
    if (its_value == value) return name;
  }
  std::unreachable();
}

std::vector<std::string> VmmCommandLine(const Machine& machine, const Tools& tools) {
  std::vector<std::string> line = {tools.vmm, "run", machine.image, "--memory=" + machine.memory,
                                   "--cpus=" + machine.cpus};
  if (!machine.command_line.empty()) line.push_back("--cmdline=" + machine.command_line);
  line.insert(line.end(), machine.vmm_flags.begin(), machine.vmm_flags.end());
  return line;
}

void AddAll(std::vector<std::string>& line, std::initializer_list<std::string> words) {
  line.insert(line.end(), words);
}

void AddAccelerator(const Machine& machine, std::vector<std::string>& line) {
  if (machine.accelerator == Accelerator::kKvm) {
    // arch-capabilities are MSRs that a nested KVM may refuse to set, upon which QEMU aborts.
    AddAll(line, {"-accel", "kvm", "-cpu",
                  machine.cpu.empty() ? "host,-arch-capabilities" : machine.cpu});
    return;
  }
  // All that can be emulated, so that every protection that the nucleus can switch on is on.
  AddAll(line, {"-accel", "tcg", "-cpu", machine.cpu.empty() ? "max" : machine.cpu});
  // One instruction is one nanosecond of the guest's clock and one tick of its time-stamp counter;
  // without sleep=off the start value varies from run to run.
  if (machine.count_instructions) AddAll(line, {"-icount", "shift=0,sleep=off"});
}

std::string MachineType(const Machine& machine) {
  switch (machine.monitor) {
    case Monitor::kQemuMicrovm:
      // The interrupt and timer chips of a PC, which an image does not need, are left out; firmware
      // that waits does need them.
      return EffectiveFirmware(machine) == Firmware::kQboot ? "microvm,pic=off,pit=off,rtc=off"
                                                            : "microvm";
    case Monitor::kQemuPc:
      return "pc";
    default:
      return "q35";
  }
}

void AddDevices(const Machine& machine, std::vector<std::string>& line) {
  AddAll(line, {"-M", MachineType(machine)});
  // Nothing in the machine that the image does not use, nor any file of the user's.
  AddAll(line, {"-nodefaults", "-no-user-config", "-display", "none"});
  // The console and the end, at the ports of kernel/abi/ports.h.
  const bool loader_speaks = EffectiveMedium(machine) != Medium::kKernel ||
                             machine.format == "efi" || machine.format == "bzimage";
  AddAll(line, {"-chardev",
                std::format("stdio,id=console,signal=off,mux={}", loader_speaks ? "on" : "off")});
  AddAll(line, {"-device",
                std::format("isa-debugcon,iobase={:#x},chardev=console", ABI_DEBUG_CONSOLE_PORT)});
  AddAll(line, {"-device", std::format("isa-debug-exit,iobase={:#x},iosize=4", ABI_EXIT_PORT)});
  // What a bootloader has to say it says on the serial port.
  if (loader_speaks) AddAll(line, {"-serial", "chardev:console"});
}

void AddFirmware(const Machine& machine, const Tools& tools, std::vector<std::string>& line) {
  switch (EffectiveFirmware(machine)) {
    case Firmware::kQboot:
      // It enters a PVH image at once; SeaBIOS takes 40 ms (TCG) to 1.9 s (KVM that emulates ring
      // 0) before it does.
      AddAll(line, {"-bios", "qboot.rom"});
      return;
    case Firmware::kSeabios:
      AddAll(line, {"-bios", machine.monitor == Monitor::kQemuMicrovm
                                 ? tools.qemu + "/usr/share/seabios/bios-microvm.bin"
                                 : std::string("bios-256k.bin")});
      return;
    case Firmware::kOvmf: {
      // Code and variables; these are in memory only, so that one boot leaves nothing to the next.
      const std::string folder = tools.ovmf + "/usr/share/OVMF/";
      AddAll(line, {"-drive",
                    "if=pflash,format=raw,unit=0,readonly=on,file=" + folder + "OVMF_CODE_4M.fd"});
      AddAll(line, {"-drive",
                    "if=pflash,format=raw,unit=1,snapshot=on,file=" + folder + "OVMF_VARS_4M.fd"});
      return;
    }
  }
}

// What the image wants, or, where that is less, what OVMF needs: below some 40 MiB it hangs.
std::string MemoryFor(const Machine& machine) {
  constexpr int kOvmfMebibytes = 64;
  int mebibytes = 0;
  const char* const end = machine.memory.data() + machine.memory.size();
  const auto [rest, error] = std::from_chars(machine.memory.data(), end, mebibytes);
  const bool little =
      error == std::errc() && std::string_view(rest, end) == "M" && mebibytes < kOvmfMebibytes;
  return little && EffectiveFirmware(machine) == Firmware::kOvmf
             ? std::format("{}M", kOvmfMebibytes)
             : machine.memory;
}

// The image's file as a parameter of -drive; with one sector that cannot be read, if that is
// wanted.
std::string DriveFile(const Machine& machine) {
  if (!machine.bad_sector) return "file=" + machine.image;
  return std::format(
      "file.driver=blkdebug,file.image.driver=file,file.image.filename={},"
      "file.inject-error.0.event=read_aio,file.inject-error.0.errno=5,"
      "file.inject-error.0.sector={}",
      machine.image, *machine.bad_sector);
}

// The image as a disk or CD: a copy in memory takes what the guest may write.
void AddDrive(const Machine& machine, std::vector<std::string>& line) {
  const bool cdrom = EffectiveMedium(machine) == Medium::kCdrom;
  std::string_view format = "raw";
  for (const auto& [its_format, its_name] : kDiskFormats) {
    if (its_format == machine.format) format = its_name;
  }
  AddAll(line, {"-drive", std::format("if=none,id=image,format={},{},{}", format,
                                      cdrom ? "readonly=on" : "snapshot=on", DriveFile(machine))});
  // A BIOS that finds nothing to start resets at once, which ends QEMU, and does not try for ever.
  AddAll(line, {"-boot", "reboot-timeout=1"});
  const std::string kind = cdrom ? "cd" : "hd";
  switch (machine.bus) {
    case Bus::kIde:
      return AddAll(line, {"-device", "ide-" + kind + ",drive=image,bootindex=0"});
    case Bus::kVirtio:
      return AddAll(line, {"-device", "virtio-blk-pci,drive=image,bootindex=0"});
    case Bus::kUsb:
      return AddAll(line,
                    {"-device", "qemu-xhci", "-device", "usb-storage,drive=image,bootindex=0"});
    case Bus::kScsi:
      return AddAll(line, {"-device", "virtio-scsi-pci", "-device",
                           "scsi-" + kind + ",drive=image,bootindex=0"});
    case Bus::kFloppy:
      return AddAll(line, {"-device", "floppy,drive=image,drive-type=144"});
  }
}

std::vector<std::string> QemuCommandLine(const Machine& machine, const Tools& tools) {
  std::vector<std::string> line = QemuProgram(tools);
  AddAccelerator(machine, line);
  AddDevices(machine, line);
  // A reset (a triple fault) ends QEMU instead of booting again for ever.
  AddAll(line, {"-no-reboot"});
  AddFirmware(machine, tools, line);
  AddAll(line, {"-m", MemoryFor(machine), "-smp", machine.cpus});
  if (EffectiveMedium(machine) == Medium::kKernel) {
    AddAll(line, {"-kernel", machine.image, "-append", machine.command_line});
    if (!machine.initrd.empty()) AddAll(line, {"-initrd", machine.initrd});
  } else {
    AddDrive(machine, line);
  }
  line.insert(line.end(), machine.qemu_flags.begin(), machine.qemu_flags.end());
  return line;
}

}  // namespace

Medium EffectiveMedium(const Machine& machine) {
  if (machine.medium) return *machine.medium;
  if (machine.format == "iso") return Medium::kCdrom;
  for (const auto& [format, name] : kDiskFormats) {
    if (format == machine.format) return Medium::kDisk;
  }
  return Medium::kKernel;
}

Firmware EffectiveFirmware(const Machine& machine) {
  if (machine.firmware) return *machine.firmware;
  if (machine.monitor == Monitor::kQemuOvmf) return Firmware::kOvmf;
  return EffectiveMedium(machine) == Medium::kKernel ? Firmware::kQboot : Firmware::kSeabios;
}

Result<Monitor> MonitorFromName(std::string_view name) {
  return FromName(kMonitors, "monitor", name);
}
std::string_view NameOf(Monitor monitor) { return ToName(kMonitors, monitor); }

Result<Accelerator> AcceleratorFromName(std::string_view name) {
  return FromName(kAccelerators, "accelerator", name);
}
std::string_view NameOf(Accelerator accelerator) { return ToName(kAccelerators, accelerator); }

Result<Firmware> FirmwareFromName(std::string_view name) {
  return FromName(kFirmware, "firmware", name);
}
Result<Medium> MediumFromName(std::string_view name) { return FromName(kMedia, "medium", name); }
Result<Bus> BusFromName(std::string_view name) { return FromName(kBuses, "bus", name); }

Result<std::vector<std::string>> CommandLine(const Machine& machine, const Tools& tools) {
  if (machine.count_instructions &&
      (!machine.is_qemu() || machine.accelerator != Accelerator::kTcg)) {
    return std::unexpected("instructions can be counted under QEMU with accelerator tcg only");
  }
  if (machine.is_qemu()) {
    if (EffectiveMedium(machine) != Medium::kKernel && !machine.command_line.empty()) {
      return std::unexpected(std::format(
          "a {} has its command line inside: none can be added when it boots", machine.format));
    }
    if (EffectiveMedium(machine) != Medium::kKernel && !machine.initrd.empty()) {
      return std::unexpected(
          std::format("a {} has its files inside: no initrd can be added", machine.format));
    }
    return QemuCommandLine(machine, tools);
  }
  if (!machine.initrd.empty()) {
    return std::unexpected("our monitor has no initrd; files come by QEMU or GRUB");
  }
  if (machine.format != "elf") {
    return std::unexpected(
        std::format("our monitor boots ELF files, not the format {}", machine.format));
  }
  if (machine.accelerator != Accelerator::kKvm) {
    return std::unexpected("our monitor has no other accelerator than kvm");
  }
  return VmmCommandLine(machine, tools);
}

std::vector<std::string> Environment(const Machine& machine, const Tools& tools) {
  return machine.is_qemu() ? QemuEnvironment(tools) : std::vector<std::string>();
}

std::vector<std::string> QemuProgram(const Tools& tools) {
  const std::string loader = tools.qemu + "/lib/x86_64-linux-gnu/";
  const std::string libraries = loader + ":" + tools.qemu + "/usr/lib/x86_64-linux-gnu";
  return {
      // QEMU runs on the loader and libraries of its own tree. Straight, not through a shell
      // script, so that no shell's start is counted as QEMU's.
      loader + "ld-linux-x86-64.so.2",
      "--inhibit-cache",
      "--library-path",
      libraries,
      tools.qemu + "/usr/bin/qemu-system-x86_64",
      // Firmware comes from the same tree.
      "-L",
      tools.qemu + "/usr/share/qemu",
      "-L",
      tools.qemu + "/usr/share/seabios",
  };
}

std::vector<std::string> QemuEnvironment(const Tools& tools) {
  return {
      // Debian's QEMU loads TCG as a module from here.
      "QEMU_MODULE_DIR=" + tools.qemu + "/usr/lib/x86_64-linux-gnu/qemu",
      // What a guest writes to a disk goes to a file here, in memory. QEMU takes /var/tmp for /tmp
      // and for nothing, and a sandbox does not let us write that.
      "TMPDIR=/dev/shm",
  };
}

Result<void> KvmUsable(const std::string& device) {
  const int fd = open(device.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) {
    const int error = errno;
    const char* remedy = "";
    if (error == ENOENT) remedy = "; load the kernel module kvm_intel or kvm_amd";
    if (error == EACCES) remedy = "; add yourself to the group that owns it (often kvm)";
    return std::unexpected(std::format("{}: {}{}", device, std::strerror(error), remedy));
  }
  const int version = ioctl(fd, KVM_GET_API_VERSION, 0);
  close(fd);
  if (version != KVM_API_VERSION) {
    return std::unexpected(
        std::format("{}: not a KVM device of API version {}", device, KVM_API_VERSION));
  }
  return {};
}

}  // namespace monitors
