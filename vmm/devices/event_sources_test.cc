#include "vmm/devices/event_sources.h"

#include <gtest/gtest.h>
#include <sys/eventfd.h>

#include <chrono>
#include <thread>

#include "vmm/base/unique_fd.h"

namespace vmm {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class Bell final : public EventSource {
 public:
  explicit Bell(bool is_for_the_image = true) : is_for_the_image_(is_for_the_image) {}

  void Ring() const { eventfd_write(fd_.get(), 1); }
  int fd() const override { return fd_.get(); }
  Result<bool> Handle() override {
    eventfd_t count;
    eventfd_read(fd_.get(), &count);
    ++handled;
    return is_for_the_image_;
  }

  int handled = 0;

 private:
  bool is_for_the_image_;
  UniqueFd fd_{eventfd(0, EFD_NONBLOCK)};
};

TEST(EventSources, WithoutSourcesOnlyTimePasses) {
  EventSources events;
  EXPECT_TRUE(events.empty());
  const auto start = Clock::now();
  EXPECT_EQ(events.Wait(5'000'000), false);
  EXPECT_GE(Clock::now() - start, 5ms);
  EXPECT_EQ(events.Wait(0), false);
}

TEST(EventSources, AnEventThatIsThereEndsTheWaitAtOnce) {
  Bell bell;
  EventSources events;
  events.Add(bell);
  bell.Ring();
  EXPECT_EQ(events.Wait(std::nullopt), true);
  EXPECT_EQ(bell.handled, 1);
  EXPECT_EQ(events.Wait(0), false);
}

TEST(EventSources, AnEventOfAnotherThreadWakes) {
  Bell bell;
  EventSources events;
  events.Add(bell);
  std::thread ringer([&] {
    std::this_thread::sleep_for(5ms);
    bell.Ring();
  });
  EXPECT_EQ(events.Wait(std::nullopt), true);
  ringer.join();
}

TEST(EventSources, WhatIsNotForTheImageDoesNotProlongTheWait) {
  Bell bell(false);
  EventSources events;
  events.Add(bell);
  bell.Ring();
  const auto start = Clock::now();
  EXPECT_EQ(events.Wait(20'000'000), false);
  EXPECT_GE(Clock::now() - start, 20ms);
  EXPECT_EQ(bell.handled, 1);
}

}  // namespace
}  // namespace vmm
