#include "kernel/base/check.h"

#include <string_view>

namespace kernel {
namespace {

// Zero until set, so that it needs no page of the image's file.
constinit CheckHandler check_handler = nullptr;

}  // namespace

void SetCheckHandler(CheckHandler handler) { check_handler = handler; }

void CheckFailed(std::string_view message) {
  if (check_handler != nullptr) check_handler(message);
  __builtin_trap();
}

}  // namespace kernel
