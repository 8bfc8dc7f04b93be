// Memory of the C library and of whoever calls mmap: whole frames of the memory unit.
//
// Source: POSIX.1-2017, mmap, munmap, mprotect; mmap(2) for MAP_ANONYMOUS.
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/memory/allocate.h"
#include "kernel/posix/error_number.h"

namespace {

constexpr std::size_t kPage = kernel::kPageSize.count();

// Memory is readable and writable, and never executable: page tables do not change after boot.
bool CanProtect(int protection) { return (protection & PROT_EXEC) == 0; }

bool IsRange(std::uintptr_t address, std::size_t size) {
  return address % kPage == 0 && size != 0 && size <= SIZE_MAX - kPage;
}

std::uint64_t Pages(std::size_t size) { return (size + kPage - 1) / kPage; }

}  // namespace

extern "C" {

long syscall_mmap_needs_unit_memory(void* hint, std::size_t size, int protection, int flags);
long syscall_munmap_needs_unit_memory(std::byte* address, std::size_t size);
long syscall_mprotect_needs_unit_memory(const void* address, std::size_t size, int protection);
long syscall_sysinfo_needs_unit_memory(struct sysinfo* result);

}  // extern "C"

long syscall_mmap_needs_unit_memory(void*, std::size_t size, int protection, int flags) {
  if (!IsRange(0, size)) return -EINVAL;
  // No files, no other process to share with, no address of the caller's choice.
  const bool supported = (flags & MAP_ANONYMOUS) != 0 && (flags & MAP_FIXED) == 0;
  if (!supported || !CanProtect(protection)) return -ENOTSUP;
  const kernel::Result<std::byte*> first = kernel::memory::AllocatePages(Pages(size));
  if (!first) return kernel::posix::ErrorNumber(first.error());
  std::memset(*first, 0, Pages(size) * kPage);
  return static_cast<long>(kernel::AddressOf(*first).value());
}

long syscall_munmap_needs_unit_memory(std::byte* address, std::size_t size) {
  if (!IsRange(reinterpret_cast<std::uintptr_t>(address), size)) return -EINVAL;
  kernel::memory::FreePages(address, Pages(size));
  return 0;
}

long syscall_mprotect_needs_unit_memory(const void* address, std::size_t size, int protection) {
  if (!IsRange(reinterpret_cast<std::uintptr_t>(address), size)) return -EINVAL;
  // All memory is so already.
  return protection == (PROT_READ | PROT_WRITE) ? 0 : -ENOTSUP;
}

long syscall_sysinfo_needs_unit_memory(struct sysinfo* result) {
  const kernel::memory::Stats stats = kernel::memory::GetStats();
  *result = {};
  result->totalram = stats.total.count();
  result->freeram = stats.free.count();
  result->procs = 1;
  result->mem_unit = 1;
  return 0;
}
