// The kernel's toolchain: uses of memory functions become calls of the C library, and nothing else
// of it is linked.
#include <cstddef>
#include <cstring>
#include <expected>
#include <span>

extern "C" {
volatile char buffer[4096];
volatile size_t length = 4096;

[[noreturn]] void _start() {
  std::expected<int, int> result = 1;
  std::span<char> span(const_cast<char*>(buffer), length);
  std::memset(span.data(), *result, span.size());
  std::memmove(span.data(), span.data() + 1, span.size() - 1);
  length = std::strlen(span.data());
  for (;;) {
  }
}
}
