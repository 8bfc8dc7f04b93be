// A function's list of capabilities.
//
// Source: PCI Local Bus Specification 3.0, sections 6.7 (the list) and 6.8.2 (MSI-X).
#ifndef KERNEL_DEVICES_PCI_CAPABILITIES_H_
#define KERNEL_DEVICES_PCI_CAPABILITIES_H_

#include <cstdint>
#include <expected>

#include "kernel/base/result.h"
#include "kernel/devices/pci/config_space.h"

namespace kernel::devices::pci {

inline constexpr std::uint8_t kVendorCapability = 0x09;
inline constexpr std::uint8_t kMsixCapability = 0x11;

/// Where a capability begins, and its first word: identifier, next, two bytes of its own.
struct Capability {
  std::uint16_t offset;
  std::uint32_t first_word;

  constexpr std::uint8_t id() const { return static_cast<std::uint8_t>(first_word); }
};

/// Calls `visit` with each Capability, in the order of the list; it returns whether to go on.
///
/// kMalformed: the list leaves its area or does not end.
template <typename Config, typename Visit>
[[nodiscard]] Result<void> ForEachCapability(const FunctionIo<Config>& io, Visit visit) {
  constexpr std::uint8_t kFirst = 0x40;
  constexpr int kMost = (0x100 - kFirst) / 4;  // More would overlap.
  if (!io.template Read<Command>().Get(Command::kHasCapabilities)) return {};
  std::uint8_t offset =
      io.template Read<CapabilitiesPointer>().Get(CapabilitiesPointer::kOffset8) & 0xfc;
  for (int i = 0; i < kMost && offset != 0; ++i) {
    if (offset < kFirst) return std::unexpected(Error::kMalformed);
    const Capability capability{offset, io.ReadAt(offset)};
    if (!visit(capability)) return {};
    offset = static_cast<std::uint8_t>(capability.first_word >> 8) & 0xfc;
  }
  if (offset != 0) return std::unexpected(Error::kMalformed);
  return {};
}

/// A function's MSI-X: its table lies in a BAR, `vectors` entries of 16 bytes.
struct Msix {
  std::uint16_t capability;  // Its offset; the word there enables it, by bit 31.
  std::uint16_t vectors;
  std::uint8_t table_bar;
  std::uint32_t table_offset;
  std::uint8_t pending_bar;
  std::uint32_t pending_offset;
};

/// kNotFound: the function has none. kMalformed: a BAR that cannot be, or a broken list.
template <typename Config>
[[nodiscard]] Result<Msix> ReadMsix(const FunctionIo<Config>& io) {
  Result<Msix> msix = std::unexpected(Error::kNotFound);
  const Result<void> listed = ForEachCapability(io, [&](const Capability& capability) {
    if (capability.id() != kMsixCapability) return true;
    const std::uint32_t table = io.ReadAt(capability.offset + 4);
    const std::uint32_t pending = io.ReadAt(capability.offset + 8);
    constexpr std::uint32_t kBar = 7;
    constexpr std::uint32_t kSizeMask = 0x7ff;
    msix =
        Msix{.capability = capability.offset,
             .vectors = static_cast<std::uint16_t>((capability.first_word >> 16 & kSizeMask) + 1),
             .table_bar = static_cast<std::uint8_t>(table & kBar),
             .table_offset = table & ~kBar,
             .pending_bar = static_cast<std::uint8_t>(pending & kBar),
             .pending_offset = pending & ~kBar};
    return false;
  });
  if (!listed) return std::unexpected(listed.error());
  if (msix && (msix->table_bar >= kBars || msix->pending_bar >= kBars)) {
    return std::unexpected(Error::kMalformed);
  }
  return msix;
}

}  // namespace kernel::devices::pci

#endif  // KERNEL_DEVICES_PCI_CAPABILITIES_H_
