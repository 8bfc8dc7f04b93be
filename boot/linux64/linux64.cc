#include "boot/linux64/linux64.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>

#include "boot/common/handoff_builder.h"
#include "boot/common/physical_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/linux_boot.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

namespace linux_boot = abi::linux_boot;

using ZeroPage = std::span<const std::byte, linux_boot::kZeroPageSize>;

template <typename T>
T Get(ZeroPage page, std::size_t offset) {
  T value;
  std::memcpy(&value, page.subspan(offset, sizeof(T)).data(), sizeof(T));
  return value;
}

Result<void> ReadMap(ZeroPage page, abi::BootHandoff& handoff) {
  const std::size_t count = Get<std::uint8_t>(page, linux_boot::kMapCountOffset);
  if (count > linux_boot::kMaxMapEntries) return std::unexpected(Error::kMalformed);
  std::array<ForeignRange, linux_boot::kMaxMapEntries> map;
  for (std::size_t i = 0; i < count; ++i) {
    const auto entry = Get<linux_boot::E820Entry>(
        page, linux_boot::kMapOffset + i * sizeof(linux_boot::E820Entry));
    map[i] = {entry.base, entry.size, entry.type};
  }
  return SetMemoryMap(handoff, std::span(map).first(count));
}

/// The 64-bit number of which the page holds the halves.
std::uint64_t Joined(ZeroPage page, std::size_t low_offset, std::size_t high_offset) {
  const std::uint64_t low = Get<std::uint32_t>(page, low_offset);
  const std::uint64_t high = Get<std::uint32_t>(page, high_offset);
  return high << 32 | low;
}

Result<void> ReadRamdisk(const PhysicalMemory& memory, ZeroPage page, abi::BootHandoff& handoff) {
  const Bytes size(
      Joined(page, linux_boot::kRamdiskSizeOffset, linux_boot::kRamdiskSizeHighOffset));
  if (size == Bytes(0)) return {};
  const PhysAddr base(Joined(page, linux_boot::kRamdiskOffset, linux_boot::kRamdiskHighOffset));
  return AddModule(handoff, memory, base, size, PhysAddr(0));
}

Result<void> Translate(const PhysicalMemory& memory, PhysAddr boot_params,
                       abi::BootHandoff& handoff) {
  const auto bytes = memory.Read(boot_params, Bytes(linux_boot::kZeroPageSize));
  if (!bytes) return std::unexpected(bytes.error());
  const ZeroPage page(bytes->data(), linux_boot::kZeroPageSize);
  // Not the boot flag: GRUB 2.06 leaves it 0.
  if (Get<std::uint32_t>(page, linux_boot::kHeaderOffset) != linux_boot::kHeaderMagic) {
    return std::unexpected(Error::kMalformed);
  }

  handoff.protocol = ABI_BOOT_LINUX64;
  handoff.rsdp = Get<std::uint64_t>(page, linux_boot::kRsdpOffset);
  if (const auto read = ReadMap(page, handoff); !read) return read;
  if (const auto read = ReadRamdisk(memory, page, handoff); !read) return read;
  return SetCommandLine(
      handoff, memory,
      PhysAddr(Joined(page, linux_boot::kCmdLineOffset, linux_boot::kCmdLineHighOffset)));
}

}  // namespace

Result<abi::BootHandoff> FromLinux64(const PhysicalMemory& memory, PhysAddr boot_params) {
  // One object, built in place: it is 1.7 KiB, and its caller keeps it for good.
  Result<abi::BootHandoff> handoff;
  if (const auto done = Translate(memory, boot_params, *handoff); !done) {
    handoff = std::unexpected(done.error());
  }
  return handoff;
}

}  // namespace boot
