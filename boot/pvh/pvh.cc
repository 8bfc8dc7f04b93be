#include "boot/pvh/pvh.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>

#include "boot/common/handoff_builder.h"
#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/pvh.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

// As many as the E820 interface of a BIOS can have.
constexpr std::size_t kMaxMapEntries = 128;

Result<void> ReadMap(const PhysicalMemory& memory, const abi::pvh::StartInfo& info,
                     abi::BootHandoff& handoff) {
  if (info.map_count > kMaxMapEntries) return std::unexpected(Error::kNoSpace);
  std::array<ForeignRange, kMaxMapEntries> map;
  for (std::uint32_t i = 0; i < info.map_count; ++i) {
    const auto entry = memory.ReadValue<abi::pvh::MapEntry>(PhysAddr(info.memory_map) +
                                                            Bytes(i * sizeof(abi::pvh::MapEntry)));
    if (!entry) return std::unexpected(entry.error());
    map[i] = {entry->base, entry->size, entry->type};
  }
  return SetMemoryMap(handoff, std::span(map).first(info.map_count));
}

Result<void> ReadModules(const PhysicalMemory& memory, const abi::pvh::StartInfo& info,
                         abi::BootHandoff& handoff) {
  for (std::uint32_t i = 0; i < info.module_count; ++i) {
    const auto module = memory.ReadValue<abi::pvh::Module>(PhysAddr(info.modules) +
                                                           Bytes(i * sizeof(abi::pvh::Module)));
    if (!module) return std::unexpected(module.error());
    const auto added = AddModule(handoff, memory, PhysAddr(module->base), Bytes(module->size),
                                 PhysAddr(module->command_line));
    if (!added) return added;
  }
  return {};
}

Result<void> Translate(const PhysicalMemory& memory, PhysAddr start_info,
                       abi::BootHandoff& handoff) {
  const auto info = memory.ReadValue<abi::pvh::StartInfo>(start_info);
  if (!info) return std::unexpected(info.error());
  if (info->magic != abi::pvh::kMagic) return std::unexpected(Error::kMalformed);
  if (info->version == 0) return std::unexpected(Error::kNotSupported);

  handoff.protocol = ABI_BOOT_PVH;
  handoff.rsdp = info->rsdp;
  if (const auto read = ReadMap(memory, *info, handoff); !read) return read;
  if (const auto read = ReadModules(memory, *info, handoff); !read) return read;
  return SetCommandLine(handoff, memory, PhysAddr(info->command_line));
}

}  // namespace

Result<abi::BootHandoff> FromPvh(const PhysicalMemory& memory, PhysAddr start_info) {
  // One object, built in place: it is 1.7 KiB, and its caller keeps it for good.
  Result<abi::BootHandoff> handoff;
  if (const auto done = Translate(memory, start_info, *handoff); !done) {
    handoff = std::unexpected(done.error());
  }
  return handoff;
}

}  // namespace boot
