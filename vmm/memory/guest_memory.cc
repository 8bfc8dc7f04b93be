#include "vmm/memory/guest_memory.h"

#include <sys/mman.h>

#include <cerrno>
#include <utility>

#include "kernel/base/check.h"
#include "vmm/base/text.h"

namespace vmm {
namespace {

constexpr std::uint64_t kHugePage = 2u << 20;

bool IsWholePages(GuestAddr address, Bytes size) {
  return ((address.value() | size.count()) & (kPageSize.count() - 1)) == 0;
}

}  // namespace

Result<GuestMemory> GuestMemory::Create(Bytes size, Pages pages) {
  CHECK(size.count() != 0 && IsWholePages(GuestAddr(0), size));
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  std::uint64_t length = size.count();
  if (pages == Pages::kReserved2M) {
    if (length % kHugePage != 0) {
      return InvalidArgument("--pages=2M: --memory must be a multiple of 2M");
    }
    // Not NORESERVE: a page that is missing later would kill us by SIGBUS.
    flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | (21 << MAP_HUGE_SHIFT);
  }
  // A huge page stands behind RAM only where both are aligned alike.
  if (pages == Pages::kTransparentHuge) length += kHugePage;
  void* const address = mmap(nullptr, length, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (address == MAP_FAILED) {
    if (pages == Pages::kReserved2M) {
      return HostFault(Cat("--pages=2M: the host has fewer than ", length / kHugePage,
                           " free huge pages; write more to /proc/sys/vm/nr_hugepages"),
                       errno);
    }
    return HostFault(Cat("cannot reserve ", size.count() >> 10, " KiB for the image's RAM"), errno);
  }
  auto* begin = static_cast<std::byte*>(address);
  const std::span<std::byte> reserved(begin, length);
  if (pages == Pages::kTransparentHuge) {
    const auto misaligned = reinterpret_cast<std::uintptr_t>(begin) % kHugePage;
    if (misaligned != 0) begin += kHugePage - misaligned;
    if (madvise(begin, size.count(), MADV_HUGEPAGE) != 0) {
      const int error = errno;
      munmap(address, length);
      return HostFault("--pages=thp: the host refuses; use --pages=normal", error);
    }
  }
  return GuestMemory(reserved, {begin, size.count()});
}

GuestMemory::GuestMemory(GuestMemory&& other) noexcept
    : reserved_(std::exchange(other.reserved_, {})),
      memory_(std::exchange(other.memory_, {})),
      protected_(std::move(other.protected_)) {}

GuestMemory::~GuestMemory() {
  if (!reserved_.empty()) munmap(reserved_.data(), reserved_.size());
}

bool GuestMemory::Contains(GuestAddr address, Bytes size) const {
  // In this order nothing can wrap.
  return address.value() <= memory_.size() && size.count() <= memory_.size() - address.value();
}

Result<std::span<const std::byte>> GuestMemory::View(GuestAddr address, Bytes size) const {
  if (!Contains(address, size)) {
    return GuestFault(Cat(size.count(), " bytes at guest address ", Hex{address.value()},
                          " lie outside its RAM of ", memory_.size() >> 10, " KiB"));
  }
  return memory_.subspan(address.value(), size.count());
}

Result<std::span<std::byte>> GuestMemory::Slice(GuestAddr address, Bytes size) {
  if (const auto view = View(address, size); !view) return std::unexpected(view.error());
  for (const Range& range : protected_) {
    if (address < range.end && range.begin < address + size) {
      return GuestFault(Cat(size.count(), " bytes at guest address ", Hex{address.value()},
                            " may not be written: they are the image's own text or tables"));
    }
  }
  return memory_.subspan(address.value(), size.count());
}

Result<void> GuestMemory::MapFile(GuestAddr address, Bytes size, int fd, std::uint64_t offset) {
  CHECK(IsWholePages(address, size) && offset % kPageSize.count() == 0);
  const auto slice = Slice(address, size);
  if (!slice) return std::unexpected(slice.error());
  if (mmap(slice->data(), slice->size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, fd,
           static_cast<off_t>(offset)) == MAP_FAILED) {
    return HostFault("cannot map the image into its RAM", errno);
  }
  return {};
}

Result<void> GuestMemory::Protect(GuestAddr address, Bytes size) {
  const auto slice = Slice(address, size);
  if (!slice) return std::unexpected(slice.error());
  protected_.push_back({address, address + size});
  return {};
}

}  // namespace vmm
