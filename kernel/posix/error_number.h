// What a system call returns for an Error: the negative of an errno number, as Linux would.
#ifndef KERNEL_POSIX_ERROR_NUMBER_H_
#define KERNEL_POSIX_ERROR_NUMBER_H_

#include <cerrno>

#include "kernel/base/result.h"

namespace kernel::posix {

constexpr long ErrorNumber(Error error) {
  switch (error) {
    case Error::kInvalidArgument:
    case Error::kMalformed:
    case Error::kOutOfRange:
      return -EINVAL;
    case Error::kNotFound:
      return -ENOENT;
    case Error::kNotSupported:
      return -ENOTSUP;
    case Error::kNoMemory:
      return -ENOMEM;
    case Error::kNoSpace:
      return -ENOSPC;
    case Error::kBusy:
      return -EAGAIN;
    case Error::kTimeout:
      return -ETIMEDOUT;
    case Error::kDevice:
      return -EIO;
  }
  return -EINVAL;
}

}  // namespace kernel::posix

#endif  // KERNEL_POSIX_ERROR_NUMBER_H_
