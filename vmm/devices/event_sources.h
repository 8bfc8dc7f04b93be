// EventSources: the file descriptors by which the host wakes an image that waits.
#ifndef VMM_DEVICES_EVENT_SOURCES_H_
#define VMM_DEVICES_EVENT_SOURCES_H_

#include <poll.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "vmm/base/result.h"

namespace vmm {

/// Something of the host that an image may wait for: a device's socket, a timer, a control channel.
class EventSource {
 public:
  virtual ~EventSource() = default;

  /// Readable when there is something to do. Stays the same, and open, while it is registered.
  virtual int fd() const = 0;
  /// Called when fd() is readable. True if the image has something to see.
  virtual Result<bool> Handle() = 0;
};

class EventSources {
 public:
  /// Nanoseconds are rounded up to what ppoll() takes; empty waits without limit.
  using Timeout = std::optional<std::uint64_t>;

  /// `source` must outlive this object.
  void Add(EventSource& source);
  bool empty() const { return polled_.empty(); }

  /// Until a source has something for the image (true), the time has passed or a signal came
  /// (false).
  Result<bool> Wait(Timeout nanoseconds);

 private:
  Result<bool> HandleReady();

  std::vector<pollfd> polled_;
  std::vector<EventSource*> sources_;  // The same order.
  bool slack_set_ = false;
};

}  // namespace vmm

#endif  // VMM_DEVICES_EVENT_SOURCES_H_
