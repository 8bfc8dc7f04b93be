#include "vmm/loader/boot_information.h"

#include <array>
#include <cstring>

#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/linux_boot.h"
#include "kernel/abi/pvh.h"
#include "vmm/layout.h"
#include "vmm/loader/identity_tables.h"

namespace vmm {
namespace {

constexpr std::uint32_t kE820Usable = 1;

struct RamRange {
  std::uint64_t base;
  std::uint64_t size;
};

// RAM as the guest is told: two runs, around the legacy window.
std::array<RamRange, 2> RamRanges(const GuestMemory& memory) {
  return {{{0, layout::kLegacyWindowBegin.value()},
           {layout::kLegacyWindowEnd.value(),
            memory.size().count() - layout::kLegacyWindowEnd.value()}}};
}

template <typename T>
Result<void> Put(const T& value, GuestAddr address, GuestMemory& memory) {
  const auto to = memory.Slice(address, Bytes(sizeof(T)));
  if (!to) return std::unexpected(to.error());
  std::memcpy(to->data(), &value, sizeof(T));
  return {};
}

Result<void> PutText(std::string_view text, GuestAddr address, GuestMemory& memory) {
  const auto to = memory.Slice(address, Bytes(text.size() + 1));
  if (!to) return std::unexpected(to.error());
  std::memcpy(to->data(), text.data(), text.size());
  (*to)[text.size()] = std::byte{0};
  return {};
}

template <typename T>
void PutField(std::span<std::byte> bytes, std::size_t offset, T value) {
  std::memcpy(bytes.subspan(offset, sizeof(T)).data(), &value, sizeof(T));
}

}  // namespace

Result<HandoffPlace> WriteHandoff(const abi::BootBlock& block, std::string_view command_line,
                                  std::uint64_t tsc_khz, std::uint32_t cpus, GuestMemory& memory) {
  constexpr Bytes kAlignment{16};
  GuestAddr top(block.ring3_stack);
  GuestAddr text = layout::kCommandLine;
  if (command_line.size() <= layout::kMaxStackCommandLine.count()) {
    top = top - Bytes(command_line.size() + 1);
    text = top;
  }
  top = (top - Bytes(sizeof(abi::BootHandoff))).AlignDown(kAlignment);

  abi::BootHandoff handoff = {};
  handoff.protocol = ABI_BOOT_MONITOR;
  for (const RamRange& range : RamRanges(memory)) {
    if (range.size == 0) continue;
    handoff.ranges[handoff.range_count++] = {range.base, range.size,
                                             abi::MemoryRange::Kind::kUsable, 0};
  }
  handoff.command_line = text.value();
  handoff.tsc_khz = tsc_khz;
  handoff.cpu_count = cpus;
  if (const auto put = Put(handoff, top, memory); !put) return std::unexpected(put.error());
  if (const auto put = PutText(command_line, text, memory); !put) {
    return std::unexpected(put.error());
  }
  return HandoffPlace{.handoff = top, .stack = top};
}

Result<void> WriteLinuxBoot(std::string_view command_line, GuestMemory& memory) {
  namespace lb = abi::linux_boot;
  const auto page = memory.Slice(layout::kZeroPage, Bytes(lb::kZeroPageSize));
  if (!page) return std::unexpected(page.error());
  PutField(*page, lb::kBootFlagOffset, lb::kBootFlag);
  PutField(*page, lb::kHeaderOffset, lb::kHeaderMagic);
  // A loader without a number of its own. Source: boot.rst, type_of_loader.
  PutField(*page, lb::kLoaderOffset, std::uint8_t{0xff});
  PutField(*page, lb::kCmdLineOffset, static_cast<std::uint32_t>(layout::kCommandLine.value()));
  std::uint8_t count = 0;
  for (const RamRange& range : RamRanges(memory)) {
    if (range.size == 0) continue;
    PutField(*page, lb::kMapOffset + count * sizeof(lb::E820Entry),
             lb::E820Entry{range.base, range.size, kE820Usable});
    ++count;
  }
  PutField(*page, lb::kMapCountOffset, count);
  if (const auto put = WriteIdentityTables(memory); !put) return put;
  return PutText(command_line, layout::kCommandLine, memory);
}

Result<void> WritePvhBoot(std::string_view command_line, GuestMemory& memory) {
  namespace pvh = abi::pvh;
  const GuestAddr map = layout::kStartInfo + Bytes(sizeof(pvh::StartInfo));
  pvh::StartInfo info = {};
  info.magic = pvh::kMagic;
  info.version = 1;
  info.command_line = layout::kCommandLine.value();
  info.memory_map = map.value();
  for (const RamRange& range : RamRanges(memory)) {
    if (range.size == 0) continue;
    const pvh::MapEntry entry = {range.base, range.size, kE820Usable, 0};
    const GuestAddr address = map + Bytes(info.map_count * sizeof(entry));
    if (const auto put = Put(entry, address, memory); !put) return put;
    ++info.map_count;
  }
  if (const auto put = Put(info, layout::kStartInfo, memory); !put) return put;
  return PutText(command_line, layout::kCommandLine, memory);
}

}  // namespace vmm
