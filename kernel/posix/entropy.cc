// getrandom: from the entropy driver that the image named.
//
// Source: getrandom(2).
#include <sys/random.h>

#include <cstddef>
#include <span>

#include "kernel/base/result.h"
#include "kernel/devices/entropy.h"
#include "kernel/posix/error_number.h"

extern "C" long syscall_getrandom_needs_unit_devices(std::byte* buffer, std::size_t size,
                                                     unsigned flags);

// No flag makes a difference: a source is there or not, and none makes anybody wait.
long syscall_getrandom_needs_unit_devices(std::byte* buffer, std::size_t size, unsigned) {
  const kernel::Result<void> read = kernel::devices::ReadEntropy(std::span(buffer, size));
  return read ? static_cast<long>(size) : kernel::posix::ErrorNumber(read.error());
}
