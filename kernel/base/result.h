// Result: what a function returns when the outside can make it fail.
//
// What outside did wrong is an Error; what we did wrong is a CHECK (kernel/base/check.h).
#ifndef KERNEL_BASE_RESULT_H_
#define KERNEL_BASE_RESULT_H_

#include <cstdint>
#include <expected>
#include <string_view>

namespace kernel {

enum class Error : std::uint8_t {
  kInvalidArgument,  // The caller's argument makes no sense, whatever the state.
  kMalformed,        // Foreign bytes break their own specification.
  kOutOfRange,       // An address, index or size lies outside what exists.
  kNotFound,
  kNotSupported,  // Well-formed, but not something this image can do.
  kNoMemory,
  kNoSpace,  // A table or queue of fixed size is full.
  kBusy,     // Try again later.
  kTimeout,
  kDevice,  // The device reported a failure or broke its protocol.
};

template <typename T>
using Result = std::expected<T, Error>;

/// Name for messages, e.g. "malformed"; a literal.
constexpr std::string_view ErrorName(Error error) {
  switch (error) {
    case Error::kInvalidArgument:
      return "invalid argument";
    case Error::kMalformed:
      return "malformed";
    case Error::kOutOfRange:
      return "out of range";
    case Error::kNotFound:
      return "not found";
    case Error::kNotSupported:
      return "not supported";
    case Error::kNoMemory:
      return "no memory";
    case Error::kNoSpace:
      return "no space";
    case Error::kBusy:
      return "busy";
    case Error::kTimeout:
      return "timeout";
    case Error::kDevice:
      return "device error";
  }
  return "unknown error";
}

}  // namespace kernel

#endif  // KERNEL_BASE_RESULT_H_
