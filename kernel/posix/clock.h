// The clocks of an image, and sleeping by them.
#ifndef KERNEL_POSIX_CLOCK_H_
#define KERNEL_POSIX_CLOCK_H_

#include <ctime>

namespace kernel::posix {

/// Waits for `span`; 0, or the negative of EINVAL if it is none.
long Sleep(const timespec& span);

}  // namespace kernel::posix

#endif  // KERNEL_POSIX_CLOCK_H_
