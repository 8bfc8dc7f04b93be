/* Replaces musl's arch/x86_64/syscall_arch.h: every system call of the C library is a C call of
 * torito_syscall, which the program links: linux_backend.S under Linux, the kernel's POSIX layer in
 * the guest. So one build of the C library serves both.
 *
 * torito_syscall is declared with each number of arguments, so that a call loads only those that it
 * has. The others hold garbage, as with the instruction. No VDSO_* here: the clock goes the same
 * way. */
#define __SYSCALL_LL_E(x) (x)
#define __SYSCALL_LL_O(x) (x)

long torito_syscall0(long) __asm__("torito_syscall");
long torito_syscall1(long, long) __asm__("torito_syscall");
long torito_syscall2(long, long, long) __asm__("torito_syscall");
long torito_syscall3(long, long, long, long) __asm__("torito_syscall");
long torito_syscall4(long, long, long, long, long) __asm__("torito_syscall");
long torito_syscall5(long, long, long, long, long, long) __asm__("torito_syscall");
long torito_syscall6(long, long, long, long, long, long, long) __asm__("torito_syscall");

static __inline long __syscall0(long n) { return torito_syscall0(n); }
static __inline long __syscall1(long n, long a) { return torito_syscall1(n, a); }
static __inline long __syscall2(long n, long a, long b) { return torito_syscall2(n, a, b); }
static __inline long __syscall3(long n, long a, long b, long c) {
  return torito_syscall3(n, a, b, c);
}
static __inline long __syscall4(long n, long a, long b, long c, long d) {
  return torito_syscall4(n, a, b, c, d);
}
static __inline long __syscall5(long n, long a, long b, long c, long d, long e) {
  return torito_syscall5(n, a, b, c, d, e);
}
static __inline long __syscall6(long n, long a, long b, long c, long d, long e, long f) {
  return torito_syscall6(n, a, b, c, d, e, f);
}

/* System V IPC: the structures are the 64-bit ones without a flag. */
#define IPC_64 0
