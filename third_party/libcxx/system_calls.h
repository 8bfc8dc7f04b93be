/* Read before every file of libc++ and libc++abi. They make two system calls by number, which the
 * guest does not have: syscall(SYS_futex, ...) becomes the call's own function, as in the C library
 * (third_party/musl/system_calls.h). unistd.h comes first, for it declares syscall, and getentropy,
 * which random.cpp looks for elsewhere. */
#pragma once

#include <sys/syscall.h>
#include <unistd.h>

extern "C" long syscall_futex_needs_unit_process(const volatile void*, long, long,
                                                 const void* = nullptr, void* = nullptr, long = 0);
extern "C" long syscall_gettid_needs_unit_process();

#define TORITO_SYS_futex syscall_futex_needs_unit_process
#define TORITO_SYS_gettid syscall_gettid_needs_unit_process
#define syscall(number, ...) TORITO_##number(__VA_ARGS__)
