#include "vmm/devices/wait_port.h"

#include <algorithm>
#include <cstring>

#include "kernel/abi/ports.h"
#include "vmm/base/text.h"

namespace vmm {

Result<void> WaitPort::Read(std::uint64_t, std::span<std::byte> bytes) {
  const auto view = memory_.View(request_, Bytes(sizeof(abi::WaitRequest)));
  if (!view) return GuestFault(Cat("wait-port: ", view.error().what));
  abi::WaitRequest request;
  std::memcpy(&request, view->data(), sizeof(request));
  // Someone may read along while we sleep.
  if (const auto flushed = console_.Flush(); !flushed) return flushed;

  EventSources::Timeout timeout;
  if (request.timeout_ns != abi::WaitRequest::kForever) timeout = request.timeout_ns;
  if (!timeout && events_.empty()) {
    return GuestFault(
        "wait-port: the image waits for ever, and it has no device that could wake it");
  }
  lock_.unlock();
  const Result<bool> woken = events_.Wait(timeout);
  lock_.lock();
  if (!woken) return std::unexpected(woken.error());
  const std::uint32_t answer = *woken ? ABI_WAIT_EVENT : ABI_WAIT_TIMEOUT;
  std::ranges::fill(bytes, std::byte{0});
  std::memcpy(bytes.data(), &answer, std::min(bytes.size(), sizeof(answer)));
  return {};
}

Result<void> WaitPort::Write(std::uint64_t, std::span<const std::byte>) {
  return GuestFault("wait-port: written; it can only be read");
}

}  // namespace vmm
