#include "kernel/devices/clock/rtc_clock.h"

#include <cstdint>
#include <expected>

#include "kernel/abi/boot_handoff.h"
#include "kernel/arch/x86_64/port_io.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/clock/rtc.h"
#include "kernel/devices/wall_clock.h"

namespace kernel::devices::rtc_clock {
namespace {

using MachineRtc = Rtc<arch::PortIo>;

// An update takes 2 ms; a try no less than a microsecond.
constexpr std::uint32_t kPatience = 100'000;

constexpr std::uint64_t kSecond = 1'000'000'000;

constexpr MachineRtc Clock() { return MachineRtc(arch::PortIo(MachineRtc::kPort)); }

Result<Nanoseconds> ReadTime() {
  const Result<CalendarTime> time = Clock().Read(kPatience);
  if (!time) return std::unexpected(time.error());
  const Result<std::uint64_t> seconds = SecondsSince1970(*time);
  if (!seconds) return std::unexpected(seconds.error());
  return Nanoseconds(*seconds * kSecond);
}

}  // namespace

Result<void> Start(const abi::BootHandoff& handoff) {
  if (handoff.protocol == ABI_BOOT_MONITOR || HasWallClock()) return {};
  if (Clock().IsPresent()) OfferWallClock(&ReadTime);
  return {};
}

}  // namespace kernel::devices::rtc_clock
