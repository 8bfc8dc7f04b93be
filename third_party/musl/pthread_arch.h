/* Replaces musl's arch/x86_64/pthread_arch.h, to which it adds one thing: an object that reads the
 * thread pointer names StartCLibrary, so that an image in which the C library needs its thread
 * (errno, locale, stdio's locks) links what sets it up (kernel/posix), and no other does.
 *
 * Nothing refers to the symbol, so a program that lacks it links as well: under Linux crt1 does
 * that work. */
static inline uintptr_t __get_tp() {
  uintptr_t tp;
  __asm__(".globl StartCLibrary\n\tmov %%fs:0, %0" : "=r"(tp));
  return tp;
}

#define MC_PC gregs[REG_RIP]
