// Clocks and sleep, by the time-stamp counter and the nucleus's wait.
//
// Source: POSIX.1-2017, clock_getres, nanosleep; clock_gettime(2) for Linux's further clocks.
#include "kernel/posix/clock.h"

#include <sys/time.h>

#include <cerrno>
#include <cstdint>
#include <ctime>

#include "kernel/arch/x86_64/tsc.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/nucleus/wait.h"
#include "kernel/start/handoff.h"

namespace kernel::posix {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::uint64_t kKilohertzPerHertz = 1'000'000;  // Nanoseconds in a tick of 1 kHz.

// Of a tick, in 2^-32 ns; 0 until the clock is first read.
constinit std::uint64_t tick_length = 0;
constinit std::uint64_t first_tick = 0;

/// The counter's frequency where the loader does not tell it: by waiting once. The wait's own clock
/// is exact, how late it wakes us is the error: less than 1 % on an idle host.
std::uint64_t MeasureTscKhz() {
  constexpr std::uint64_t kMilliseconds = 20;
  nucleus::Wait(Nanoseconds(1));  // The first one sets things up.
  const std::uint64_t before = arch::ReadTsc();
  nucleus::Wait(Nanoseconds(kMilliseconds * 1'000'000));
  return (arch::ReadTsc() - before) / kMilliseconds + 1;
}

void StartClock() {
  const std::uint64_t told = start::Handoff().tsc_khz;
  const std::uint64_t khz = told != 0 ? told : MeasureTscKhz();
  tick_length = (kKilohertzPerHertz << 32) / khz;
  first_tick = start::FirstTick();
}

/// Nanoseconds since the image began.
std::uint64_t Now() {
  if (tick_length == 0) StartClock();
  const std::uint64_t ticks = arch::ReadTsc() - first_tick;
  return static_cast<std::uint64_t>(static_cast<unsigned __int128>(ticks) * tick_length >> 32);
}

timespec ToTimespec(std::uint64_t nanoseconds) {
  return {.tv_sec = static_cast<time_t>(nanoseconds / kSecond),
          .tv_nsec = static_cast<long>(nanoseconds % kSecond)};
}

bool IsSpan(const timespec& time) {
  return time.tv_sec >= 0 && time.tv_nsec >= 0 && time.tv_nsec < static_cast<long>(kSecond);
}

/// The end of time for what does not fit.
std::uint64_t ToNanoseconds(const timespec& time) {
  std::uint64_t nanoseconds = 0;
  if (__builtin_mul_overflow(static_cast<std::uint64_t>(time.tv_sec), kSecond, &nanoseconds) ||
      __builtin_add_overflow(nanoseconds, static_cast<std::uint64_t>(time.tv_nsec), &nanoseconds)) {
    return ~std::uint64_t{0};
  }
  return nanoseconds;
}

void SleepUntil(std::uint64_t deadline) {
  // A wait may end early.
  for (std::uint64_t now = Now(); now < deadline; now = Now()) {
    nucleus::Wait(Nanoseconds(deadline - now));
  }
}

bool IsClock(clockid_t clock) {
  switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
      return true;
    default:
      return false;
  }
}

}  // namespace

long Sleep(const timespec& span) {
  if (!IsSpan(span)) return -EINVAL;
  const std::uint64_t now = Now();
  const std::uint64_t length = ToNanoseconds(span);
  SleepUntil(length > ~now ? ~std::uint64_t{0} : now + length);
  return 0;
}

}  // namespace kernel::posix

extern "C" {

long syscall_clock_gettime_needs_unit_process(clockid_t clock, timespec* time);
long syscall_clock_getres_needs_unit_process(clockid_t clock, timespec* resolution);
long syscall_gettimeofday_needs_unit_process(timeval* time);
long syscall_nanosleep_needs_unit_process(const timespec* span);
long syscall_clock_nanosleep_needs_unit_process(clockid_t clock, long flags, const timespec* time);

}  // extern "C"

long syscall_clock_gettime_needs_unit_process(clockid_t clock, timespec* time) {
  if (!kernel::posix::IsClock(clock)) return -EINVAL;
  *time = kernel::posix::ToTimespec(kernel::posix::Now());
  return 0;
}

long syscall_clock_getres_needs_unit_process(clockid_t clock, timespec* resolution) {
  if (!kernel::posix::IsClock(clock)) return -EINVAL;
  if (resolution != nullptr) *resolution = {.tv_sec = 0, .tv_nsec = 1};
  return 0;
}

long syscall_gettimeofday_needs_unit_process(timeval* time) {
  const timespec now = kernel::posix::ToTimespec(kernel::posix::Now());
  *time = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
  return 0;
}

// Nothing interrupts a sleep, so nothing of it remains.
long syscall_nanosleep_needs_unit_process(const timespec* span) {
  return kernel::posix::Sleep(*span);
}

long syscall_clock_nanosleep_needs_unit_process(clockid_t clock, long flags, const timespec* time) {
  if (!kernel::posix::IsClock(clock)) return -EINVAL;
  if ((flags & TIMER_ABSTIME) == 0) return kernel::posix::Sleep(*time);
  if (!kernel::posix::IsSpan(*time)) return -EINVAL;
  kernel::posix::SleepUntil(kernel::posix::ToNanoseconds(*time));
  return 0;
}
