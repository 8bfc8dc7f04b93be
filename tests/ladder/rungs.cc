#include "tests/ladder/rungs.h"

#include <algorithm>
#include <format>
#include <utility>

namespace ladder {
namespace {

using monitors::Accelerator;
using monitors::Firmware;
using monitors::Monitor;

// What OVMF needs to start; the image takes no more than elsewhere.
constexpr std::string_view kOvmfMemory = "256M";

// Under our monitor, which has KVM only.
void AddOurs(std::vector<Rung>& rungs) {
  const auto add = [&](Rung rung) {
    rung.monitor = Monitor::kVmm;
    rung.accelerator = Accelerator::kKvm;
    rungs.push_back(rung);
  };
  add({.name = "vmm",
       .title = "our monitor, into ring 3",
       .image = "elf",
       .toro = ToroFigure{"Firecracker, ELF64", 17}});
  add({.name = "empty", .title = "our monitor, empty appliance", .image = "empty", .extra = true});
  add({.name = "vmm_linux64",
       .title = "our monitor, Linux 64-bit entry",
       .image = "elf",
       .entry = "linux64"});
  add({.name = "vmm_pvh", .title = "our monitor, PVH entry", .image = "elf", .entry = "pvh"});
}

// Under QEMU, the fastest first.
constexpr Rung kQemuRungs[] = {
    {.name = "microvm",
     .title = "microvm, qboot, PVH",
     .image = "elf",
     .monitor = Monitor::kQemuMicrovm,
     .toro = ToroFigure{"NEMU, multiboot", 95}},
    {.name = "pvh_q35", .title = "q35, qboot, PVH", .image = "elf", .monitor = Monitor::kQemuQ35},
    {.name = "pvh_pc", .title = "pc, qboot, PVH", .image = "elf"},
    {.name = "bzimage_qboot",
     .title = "pc, qboot, Linux bzImage",
     .image = "bzimage",
     .firmware = Firmware::kQboot},
    {.name = "multiboot_qboot",
     .title = "pc, qboot, multiboot",
     .image = "multiboot",
     .firmware = Firmware::kQboot,
     .toro = ToroFigure{"multiboot, qboot", 132}},
    {.name = "multiboot_seabios",
     .title = "pc, SeaBIOS, multiboot",
     .image = "multiboot",
     .firmware = Firmware::kSeabios,
     .toro = ToroFigure{"multiboot", 452}},
    {.name = "img", .title = "pc, SeaBIOS, compact disk", .image = "img"},
    {.name = "iso", .title = "pc, SeaBIOS, CD", .image = "iso"},
    {.name = "raw",
     .title = "pc, SeaBIOS, 4 MB disk by sectors",
     .image = "memory_img",
     .toro = ToroFigure{"raw image, 4 MB", 1457}},
    {.name = "efi",
     .title = "q35, OVMF, EFI by -kernel",
     .image = "efi",
     .monitor = Monitor::kQemuOvmf,
     .memory = kOvmfMemory,
     .whole_kvm = true},
    {.name = "esp",
     .title = "q35, OVMF, EFI on a disk",
     .image = "esp",
     .monitor = Monitor::kQemuOvmf,
     .memory = kOvmfMemory,
     .whole_kvm = true},
    {.name = "iso_uefi",
     .title = "q35, OVMF, EFI on a CD",
     .image = "iso",
     .monitor = Monitor::kQemuOvmf,
     .memory = kOvmfMemory,
     .whole_kvm = true},
};

}  // namespace

std::string Rung::full_name() const {
  return std::format("{}_{}", name, monitors::NameOf(accelerator));
}

monitors::Machine Rung::MachineOf(std::string path) const {
  monitors::Machine machine = {.monitor = monitor,
                               .accelerator = accelerator,
                               .image = std::move(path),
                               .memory = std::string(memory),
                               .firmware = firmware};
  if (image != "empty") machine.format = image;
  if (!entry.empty()) machine.vmm_flags.push_back(std::format("--boot={}", entry));
  return machine;
}

std::vector<Rung> AllRungs() {
  std::vector<Rung> rungs;
  AddOurs(rungs);
  for (const Accelerator accelerator : {Accelerator::kKvm, Accelerator::kTcg}) {
    for (Rung rung : kQemuRungs) {
      rung.accelerator = accelerator;
      rungs.push_back(rung);
    }
  }
  return rungs;
}

Result<std::vector<Rung>> Select(std::span<const Rung> rungs, std::string_view names) {
  std::vector<Rung> selected;
  if (names.empty()) {
    std::ranges::copy_if(rungs, std::back_inserter(selected),
                         [](const Rung& rung) { return !rung.extra; });
    return selected;
  }
  // Repeated words select once, and the order of climbing stays the table's.
  std::vector<std::string_view> words;
  for (;;) {
    const std::size_t comma = names.find(',');
    words.push_back(names.substr(0, comma));
    if (comma == std::string_view::npos) break;
    names.remove_prefix(comma + 1);
  }
  const auto is = [](const Rung& rung, std::string_view word) {
    return rung.name == word || rung.full_name() == word;
  };
  for (const std::string_view word : words) {
    if (std::ranges::any_of(rungs, [&](const Rung& rung) { return is(rung, word); })) continue;
    std::string known;
    for (const Rung& rung : rungs) known += std::format(" {}", rung.full_name());
    return std::unexpected(std::format("no rung named \"{}\"; known:{}", word, known));
  }
  std::ranges::copy_if(rungs, std::back_inserter(selected), [&](const Rung& rung) {
    return std::ranges::any_of(words, [&](std::string_view word) { return is(rung, word); });
  });
  return selected;
}

}  // namespace ladder
