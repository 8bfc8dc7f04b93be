// System calls about the process: there is one, it has one thread, and nobody else is on the
// machine.
//
// Source: POSIX.1-2017; Linux's man pages, section 2, for what is not POSIX's (futex,
// set_tid_address, exit_group).
#include <sys/resource.h>
#include <sys/utsname.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ctime>

#include "kernel/base/check.h"
#include "kernel/posix/clock.h"
#include "kernel/start/end_program.h"

namespace {

// As the first process of a Linux would be.
constexpr long kProcessId = 1;
constexpr long kRoot = 0;

// Source: futex(2).
constexpr long kFutexWait = 0;
constexpr long kFutexWake = 1;
constexpr long kFutexOperation = 0x7f;  // Without FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME.

}  // namespace

extern "C" {

[[noreturn]] long syscall_exit_group_needs_unit_process(long status);
[[noreturn]] long syscall_exit_needs_unit_process(long status);
long syscall_getpid_needs_unit_process();
long syscall_getppid_needs_unit_process();
long syscall_gettid_needs_unit_process();
long syscall_getuid_needs_unit_process();
long syscall_geteuid_needs_unit_process();
long syscall_getgid_needs_unit_process();
long syscall_getegid_needs_unit_process();
long syscall_set_tid_address_needs_unit_process(const void* word);
long syscall_sched_yield_needs_unit_process();
long syscall_sched_getaffinity_needs_unit_process(long id, std::size_t size, unsigned char* mask);
long syscall_getrlimit_needs_unit_process(int resource, rlimit* limit);
long syscall_prlimit64_needs_unit_process(long id, int resource, const rlimit* wanted,
                                          rlimit* limit);
long syscall_set_robust_list_needs_unit_process(const void* list, std::size_t size);
long syscall_uname_needs_unit_process(utsname* name);
long syscall_futex_needs_unit_process(const volatile std::uint32_t* word, long operation,
                                      long value, const timespec* timeout);

}  // extern "C"

long syscall_exit_group_needs_unit_process(long status) {
  // As Linux keeps the low byte of a status; what does not fit is reported as the largest.
  kernel::start::EndProgram(static_cast<int>(status & 0xff));
}

// The last thread's end is the program's.
long syscall_exit_needs_unit_process(long status) { syscall_exit_group_needs_unit_process(status); }

long syscall_getpid_needs_unit_process() { return kProcessId; }
long syscall_getppid_needs_unit_process() { return 0; }
long syscall_gettid_needs_unit_process() { return kProcessId; }
long syscall_getuid_needs_unit_process() { return kRoot; }
long syscall_geteuid_needs_unit_process() { return kRoot; }
long syscall_getgid_needs_unit_process() { return kRoot; }
long syscall_getegid_needs_unit_process() { return kRoot; }

// The word would be cleared when the thread ends, which is when the machine does.
long syscall_set_tid_address_needs_unit_process(const void*) { return kProcessId; }

long syscall_sched_yield_needs_unit_process() { return 0; }

long syscall_sched_getaffinity_needs_unit_process(long, std::size_t size, unsigned char* mask) {
  if (size < sizeof(long)) return -EINVAL;
  std::memset(mask, 0, sizeof(long));
  mask[0] = 1;
  return sizeof(long);
}

long syscall_getrlimit_needs_unit_process(int resource, rlimit* limit) {
  if (resource < 0 || resource >= RLIM_NLIMITS) return -EINVAL;
  *limit = {.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
  return 0;
}

long syscall_prlimit64_needs_unit_process(long, int resource, const rlimit* wanted, rlimit* limit) {
  if (wanted != nullptr) return -ENOTSUP;  // The machine's size is the only limit.
  return syscall_getrlimit_needs_unit_process(resource, limit);
}

// The list would be read when a thread ends and others go on.
long syscall_set_robust_list_needs_unit_process(const void*, std::size_t) { return 0; }

long syscall_uname_needs_unit_process(utsname* name) {
  *name = {.sysname = "Torito",
           .nodename = "",
           .release = "",
           .version = "",
           .machine = "x86_64",
           .domainname = ""};
  return 0;
}

long syscall_futex_needs_unit_process(const volatile std::uint32_t* word, long operation,
                                      long value, const timespec* timeout) {
  switch (operation & kFutexOperation) {
    case kFutexWake:
      return 0;  // Nobody waits.
    case kFutexWait:
      if (*word != static_cast<std::uint32_t>(value)) return -EAGAIN;
      // Nobody else runs who could wake us.
      if (timeout == nullptr) kernel::CheckFailed("futex: the only thread waits for ever");
      if (const long error = kernel::posix::Sleep(*timeout); error != 0) return error;
      return -ETIMEDOUT;
    default:
      return -ENOTSUP;
  }
}
