// What the compiler calls by itself: there is no C library under the firmware.
//
// Source: ISO C 7.24; string instructions, which the compiler does not turn back into calls.
#include <cstddef>
#include <cstdint>

extern "C" {

void* memcpy(void* to, const void* from, std::size_t count) {
  void* const result = to;
  asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
  return result;
}

void* memmove(void* to, const void* from, std::size_t count) {
  if (reinterpret_cast<std::uintptr_t>(to) - reinterpret_cast<std::uintptr_t>(from) >= count) {
    return memcpy(to, from, count);
  }
  auto* last_to = static_cast<char*>(to) + count - 1;
  const auto* last_from = static_cast<const char*>(from) + count - 1;
  asm volatile("std; rep movsb; cld" : "+D"(last_to), "+S"(last_from), "+c"(count) : : "memory");
  return to;
}

void* memset(void* to, int value, std::size_t count) {
  void* const result = to;
  asm volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(value) : "memory");
  return result;
}

}  // extern "C"
