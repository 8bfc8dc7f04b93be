// File descriptors 0, 1 and 2: the console of the devices unit. Reading finds the end of the file.
//
// Source: POSIX.1-2017, write, writev, read, readv, close, lseek; Linux's TIOCGWINSZ, by which the
// C library asks whether an output is a terminal.
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <span>
#include <string_view>

#include "kernel/devices/console.h"

namespace {

// Which of the three are open.
constinit bool is_open[3] = {true, true, true};

bool IsOpen(long descriptor) { return descriptor >= 0 && descriptor < 3 && is_open[descriptor]; }

bool IsOutput(long descriptor) { return IsOpen(descriptor) && descriptor != STDIN_FILENO; }

bool IsInput(long descriptor) { return IsOpen(descriptor) && descriptor == STDIN_FILENO; }

}  // namespace

extern "C" {

long syscall_write_needs_unit_devices(long descriptor, const char* data, std::size_t size);
long syscall_writev_needs_unit_devices(long descriptor, const iovec* parts, int count);
long syscall_read_needs_unit_devices(long descriptor, void* data, std::size_t size);
long syscall_readv_needs_unit_devices(long descriptor, const iovec* parts, int count);
long syscall_ioctl_needs_unit_devices(long descriptor, unsigned long request, winsize* size);
long syscall_lseek_needs_unit_devices(long descriptor, long offset, int whence);
long syscall_close_needs_unit_devices(long descriptor);

}  // extern "C"

long syscall_write_needs_unit_devices(long descriptor, const char* data, std::size_t size) {
  if (!IsOutput(descriptor)) return -EBADF;
  kernel::devices::Write(std::string_view(data, size));
  return static_cast<long>(size);
}

long syscall_writev_needs_unit_devices(long descriptor, const iovec* parts, int count) {
  if (!IsOutput(descriptor)) return -EBADF;
  if (count < 0) return -EINVAL;
  long written = 0;
  for (const iovec& part : std::span(parts, static_cast<std::size_t>(count))) {
    // An empty one would cost an exit from the machine too.
    if (part.iov_len == 0) continue;
    kernel::devices::Write(std::string_view(static_cast<const char*>(part.iov_base), part.iov_len));
    written += static_cast<long>(part.iov_len);
  }
  return written;
}

long syscall_read_needs_unit_devices(long descriptor, void*, std::size_t) {
  return IsInput(descriptor) ? 0 : -EBADF;
}

long syscall_readv_needs_unit_devices(long descriptor, const iovec*, int) {
  return IsInput(descriptor) ? 0 : -EBADF;
}

// The console is a terminal of unknown size, so that lines are written as they end.
long syscall_ioctl_needs_unit_devices(long descriptor, unsigned long request, winsize* size) {
  if (!IsOpen(descriptor)) return -EBADF;
  if (request != TIOCGWINSZ) return -ENOTTY;
  *size = {};
  return 0;
}

long syscall_lseek_needs_unit_devices(long descriptor, long, int) {
  return IsOpen(descriptor) ? -ESPIPE : -EBADF;
}

long syscall_close_needs_unit_devices(long descriptor) {
  if (!IsOpen(descriptor)) return -EBADF;
  is_open[descriptor] = false;
  return 0;
}
