/* Replaces musl's arch/x86_64/syscall_arch.h: every system call of the C library is a C function of
 * its own, and its "number" in the library's sources is that function's address. The program links
 * the functions: linux_backend.S under Linux, kernel/posix in the guest. So one build of the C
 * library serves both, an archive brings into the guest just the calls that are made, and one that
 * nobody provides is an undefined symbol whose name says what the image needs: see system_calls.h.
 *
 * SYS_ numbers in public headers stay Linux's; they have a meaning for syscall() alone, which the
 * program links too. No VDSO_* here: the clock goes the same way. */
#define SYSTEM_CALL(name, need) long torito_call_##name() __asm__("syscall_" #name "_" #need);
#include "system_calls.h"
#undef SYSTEM_CALL

/* SYS_read becomes ((long)torito_call_read), and so on; made from the list of numbers. */
#include "system_call_addresses.h"

#define __SYSCALL_LL_E(x) (x)
#define __SYSCALL_LL_O(x) (x)

/* The optimiser sees the address and calls the function directly. */
static __inline long __syscall0(long n) { return ((long (*)(void))n)(); }
static __inline long __syscall1(long n, long a) { return ((long (*)(long))n)(a); }
static __inline long __syscall2(long n, long a, long b) { return ((long (*)(long, long))n)(a, b); }
static __inline long __syscall3(long n, long a, long b, long c) {
  return ((long (*)(long, long, long))n)(a, b, c);
}
static __inline long __syscall4(long n, long a, long b, long c, long d) {
  return ((long (*)(long, long, long, long))n)(a, b, c, d);
}
static __inline long __syscall5(long n, long a, long b, long c, long d, long e) {
  return ((long (*)(long, long, long, long, long))n)(a, b, c, d, e);
}
static __inline long __syscall6(long n, long a, long b, long c, long d, long e, long f) {
  return ((long (*)(long, long, long, long, long, long))n)(a, b, c, d, e, f);
}

/* System V IPC: the structures are the 64-bit ones without a flag. */
#define IPC_64 0
