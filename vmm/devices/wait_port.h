// The port on which a core with nothing to do waits: one read instead of timer, interrupt and halt.
//
// Source: kernel/abi/ports.h.
#ifndef VMM_DEVICES_WAIT_PORT_H_
#define VMM_DEVICES_WAIT_PORT_H_

#include <mutex>

#include "vmm/devices/console.h"
#include "vmm/devices/device.h"
#include "vmm/devices/event_sources.h"
#include "vmm/memory/guest_memory.h"

namespace vmm {

class WaitPort final : public Device {
 public:
  /// `request`: where the image keeps its abi::WaitRequest. All must outlive this object. `lock`
  /// guards the devices of all processors: Read() is called with it held, and gives it up while the
  /// image sleeps, so that the others can go on.
  WaitPort(GuestAddr request, const GuestMemory& memory, EventSources& events, Console& console,
           std::mutex& lock)
      : request_(request), memory_(memory), events_(events), console_(console), lock_(lock) {}

  std::string_view name() const override { return "wait-port"; }
  /// Returns ABI_WAIT_ values; blocks. A wait that nothing could end is a kGuestFault.
  Result<void> Read(std::uint64_t offset, std::span<std::byte> bytes) override;
  Result<void> Write(std::uint64_t offset, std::span<const std::byte> bytes) override;

 private:
  GuestAddr request_;
  const GuestMemory& memory_;
  EventSources& events_;
  Console& console_;
  std::mutex& lock_;
};

}  // namespace vmm

#endif  // VMM_DEVICES_WAIT_PORT_H_
