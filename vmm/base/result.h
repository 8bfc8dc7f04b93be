// Result: what a function returns when the outside can make it fail, and how such a failure ends
// us.
//
// What outside did wrong is an Error; what we did wrong is a CHECK (kernel/base/check.h).
#ifndef VMM_BASE_RESULT_H_
#define VMM_BASE_RESULT_H_

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace vmm {

/// Whose fault it was; the value is the exit status of `vmm`.
enum class Code : std::uint8_t {
  kInvalidArgument = 1,  // Flags, configuration or the image file.
  kGuestFault = 2,
  kHostFault = 3,
};

struct Error {
  Code code;
  std::string what;  // One line: the thing, what is wrong with it and, if there is one, the remedy.
  int host_errno = 0;  // Added in words to the message if not 0.
};

template <typename T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> InvalidArgument(std::string what, int host_errno = 0) {
  return std::unexpected(Error{Code::kInvalidArgument, std::move(what), host_errno});
}
[[nodiscard]] inline std::unexpected<Error> GuestFault(std::string what) {
  return std::unexpected(Error{Code::kGuestFault, std::move(what)});
}
[[nodiscard]] inline std::unexpected<Error> HostFault(std::string what, int host_errno = 0) {
  return std::unexpected(Error{Code::kHostFault, std::move(what), host_errno});
}

/// The line for the user, without a newline.
std::string Message(const Error& error);

}  // namespace vmm

#endif  // VMM_BASE_RESULT_H_
