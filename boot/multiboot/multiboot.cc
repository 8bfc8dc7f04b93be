#include "boot/multiboot/multiboot.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

#include "boot/common/handoff_builder.h"
#include "boot/common/physical_memory.h"
#include "boot/multiboot/basic_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/multiboot.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

namespace multiboot = abi::multiboot;

Result<void> ReadMap(const PhysicalMemory& memory, const multiboot::Info& info,
                     abi::BootHandoff& handoff) {
  std::array<ForeignRange, kMaxMapEntries> map;
  std::size_t count = 0;
  const PhysAddr begin(info.map);
  for (std::uint64_t offset = 0; offset < info.map_size;) {
    if (count == map.size()) return std::unexpected(Error::kNoSpace);
    const auto entry = memory.ReadValue<multiboot::MapEntry>(begin + Bytes(offset));
    if (!entry) return std::unexpected(entry.error());
    offset += sizeof(entry->size) + std::uint64_t{entry->size};
    if (entry->size + sizeof(entry->size) < sizeof(*entry) || offset > info.map_size) {
      return std::unexpected(Error::kMalformed);
    }
    map[count++] = {entry->base, entry->bytes, entry->type};
  }
  return SetMemoryMap(handoff, std::span(map).first(count));
}

Result<void> ReadMemory(const PhysicalMemory& memory, const multiboot::Info& info,
                        abi::BootHandoff& handoff) {
  if ((info.flags & multiboot::kHasMap) != 0) return ReadMap(memory, info, handoff);
  if ((info.flags & multiboot::kHasMemory) == 0) return std::unexpected(Error::kNotFound);
  return SetBasicMemory(handoff, info.memory_lower, info.memory_upper);
}

bool StartsWith(const PhysicalMemory& memory, PhysAddr address, std::string_view words) {
  const auto bytes = memory.Read(address, Bytes(words.size()));
  return bytes &&
         std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()) == words;
}

bool LeavesOutFileNames(const PhysicalMemory& memory, const multiboot::Info& info) {
  if ((info.flags & multiboot::kHasLoaderName) == 0) return false;
  const PhysAddr name(info.loader_name);
  // GRUB Legacy, which does not, calls itself "GRUB 0.97".
  return StartsWith(memory, name, "Limine") ||
         (StartsWith(memory, name, "GRUB ") && !StartsWith(memory, name, "GRUB 0"));
}

/// The first byte after the first word at `address` and the spaces behind it.
PhysAddr SkipWord(const PhysicalMemory& memory, PhysAddr address) {
  std::size_t length = 0;
  bool word_ended = false;
  for (const std::byte byte : memory.ReadableFrom(address)) {
    const char character = static_cast<char>(byte);
    if (character == '\0' || (word_ended && character != ' ')) break;
    word_ended = word_ended || character == ' ';
    ++length;
  }
  return address + Bytes(length);
}

Result<void> Translate(const PhysicalMemory& memory, PhysAddr address, abi::BootHandoff& handoff) {
  const auto info = memory.ReadValue<multiboot::Info>(address);
  if (!info) return std::unexpected(info.error());
  handoff.protocol = ABI_BOOT_MULTIBOOT;
  if (const auto read = ReadMemory(memory, *info, handoff); !read) return read;

  const bool no_names = LeavesOutFileNames(memory, *info);
  const auto words = [&](std::uint32_t text) {
    return no_names || text == 0 ? PhysAddr(text) : SkipWord(memory, PhysAddr(text));
  };
  const bool has_line = (info->flags & multiboot::kHasCommandLine) != 0;
  const PhysAddr line = has_line ? words(info->command_line) : PhysAddr(0);
  if (const auto set = SetCommandLine(handoff, memory, line); !set) return set;

  const bool has_modules = (info->flags & multiboot::kHasModules) != 0;
  for (std::uint32_t i = 0; has_modules && i < info->module_count; ++i) {
    const auto module = memory.ReadValue<multiboot::Module>(PhysAddr(info->modules) +
                                                            Bytes(i * sizeof(multiboot::Module)));
    if (!module) return std::unexpected(module.error());
    const auto added =
        AddModule(handoff, memory, PhysAddr(module->begin),
                  PhysAddr(module->end) - PhysAddr(module->begin), words(module->command_line));
    if (!added) return added;
  }
  return {};
}

}  // namespace

Result<abi::BootHandoff> FromMultiboot(const PhysicalMemory& memory, PhysAddr info) {
  // One object, built in place: it is 1.7 KiB, and its caller keeps it for good.
  Result<abi::BootHandoff> handoff;
  if (const auto done = Translate(memory, info, *handoff); !done) {
    handoff = std::unexpected(done.error());
  }
  return handoff;
}

}  // namespace boot
