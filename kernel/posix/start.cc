// The start of the C library, in place of its own crt1 and __libc_start_main, and how it ends: only
// in images in which something wants it (third_party/musl/pthread_arch.h).
//
// Source: musl 1.2.3, src/env/__libc_start_main.c for what is to be set, src/internal/libc.h for
// the beginning of struct __libc; ELF Handling For Thread-Local Storage, 3.4.6 (x86-64).
#include <elf.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "kernel/base/address.h"
#include "kernel/base/check.h"
#include "kernel/nucleus/thread_pointer.h"

extern "C" {

// In kernel/image.ld.in; the last three are numbers.
extern const std::byte thread_image_begin[];
extern std::byte thread_image_size[], thread_size[], thread_alignment[];

// The C library's own.
void __init_tls(std::size_t* auxiliary);
extern char* program_name __asm__("__progname");
extern char* program_name_full __asm__("__progname_full");

/// The members of its struct __libc that are not its own business.
struct LibraryState {
  std::array<char, 4> flags;
  int other_threads;
  std::size_t* auxiliary;
};
extern LibraryState library_state __asm__("__libc");

// Called by KernelMain before the constructors.
void StartCLibrary(char* program);

// Called by __init_tls.
int __set_thread_area(void* thread_pointer);

}  // extern "C"

// KernelMain ends by exit() where the image has it, and an image that has this file may have
// something to write out then. Naming it is enough for the linker to take it.
__asm__(".globl exit");

namespace {

std::size_t NumberOf(const std::byte* symbol) { return reinterpret_cast<std::uintptr_t>(symbol); }

// What getauxval finds: the vector of a program that knows only of pages.
constinit std::array<std::size_t, 4> auxiliary_vector = {AT_PAGESZ, kernel::kPageSize.count(),
                                                         AT_NULL, 0};

}  // namespace

void StartCLibrary(char* program) {
  program_name = program_name_full = program;
  library_state.auxiliary = auxiliary_vector.data();
  // A program header is how it wants to be told of the thread's image; it keeps none of this.
  Elf64_Phdr thread{};
  thread.p_type = PT_TLS;
  thread.p_vaddr = NumberOf(thread_image_begin);
  thread.p_filesz = NumberOf(thread_image_size);
  thread.p_memsz = NumberOf(thread_size);
  thread.p_align = NumberOf(thread_alignment);
  std::array<std::size_t, AT_PHNUM + 1> by_type{};
  by_type[AT_PHDR] = reinterpret_cast<std::uintptr_t>(&thread);
  by_type[AT_PHENT] = sizeof(thread);
  by_type[AT_PHNUM] = 1;
  __init_tls(by_type.data());
}

int __set_thread_area(void* thread_pointer) {
  kernel::nucleus::SetThreadPointer(kernel::AddressOf(thread_pointer));
  return 0;
}

// There are no signals: what Linux would report as SIGABRT is a crash report.
void abort() { kernel::CheckFailed("abort() was called"); }
