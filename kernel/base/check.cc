#include "kernel/base/check.h"

#include <string_view>

namespace kernel {
namespace {

// With what every boot writes: no page of its own, and there even if the machine has too little RAM
// for the rest of .bss.
[[gnu::section(".bss.hot")]] constinit CheckHandler check_handler = nullptr;

}  // namespace

[[gnu::hot]] void SetCheckHandler(CheckHandler handler) { check_handler = handler; }

void CheckFailed(std::string_view message) {
  if (check_handler != nullptr) check_handler(message);
  __builtin_trap();
}

}  // namespace kernel
