#include "vmm/base/result.h"

#include <cstring>

namespace vmm {

std::string Message(const Error& error) {
  if (error.host_errno == 0) return error.what;
  return error.what + ": " + std::strerror(error.host_errno);
}

}  // namespace vmm
