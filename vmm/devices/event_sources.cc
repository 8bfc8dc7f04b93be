#include "vmm/devices/event_sources.h"

#include <sys/prctl.h>
#include <time.h>

#include <algorithm>
#include <cerrno>

namespace vmm {
namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

std::uint64_t Now() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * kNanosecondsPerSecond +
         static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

void EventSources::Add(EventSource& source) {
  polled_.push_back({.fd = source.fd(), .events = POLLIN, .revents = 0});
  sources_.push_back(&source);
}

Result<bool> EventSources::HandleReady() {
  bool seen = false;
  for (std::size_t i = 0; i < polled_.size(); ++i) {
    if (polled_[i].revents == 0) continue;
    const Result<bool> handled = sources_[i]->Handle();
    if (!handled) return handled;
    seen |= *handled;
  }
  return seen;
}

Result<bool> EventSources::Wait(Timeout nanoseconds) {
  // The default slack of 50 us would come on top of every wait. Here and not at start: most images
  // end before they ever wait.
  if (!slack_set_) {
    prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
    slack_set_ = true;
  }
  const std::uint64_t start = nanoseconds ? Now() : 0;
  for (;;) {
    timespec limit = {};
    if (nanoseconds) {
      const std::uint64_t left = *nanoseconds - std::min(*nanoseconds, Now() - start);
      limit.tv_sec = static_cast<time_t>(left / kNanosecondsPerSecond);
      limit.tv_nsec = static_cast<long>(left % kNanosecondsPerSecond);
    }
    const int ready =
        ppoll(polled_.data(), polled_.size(), nanoseconds ? &limit : nullptr, nullptr);
    if (ready == 0) return false;
    // A signal may tell that the machine has ended; else the image looks and waits again.
    if (ready < 0 && errno == EINTR) return false;
    if (ready < 0) return HostFault("cannot wait for events", errno);
    if (ready > 0) {
      const Result<bool> seen = HandleReady();
      if (!seen || *seen) return seen;
    }
  }
}

}  // namespace vmm
