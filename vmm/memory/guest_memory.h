// GuestMemory: the guest's RAM, and the one way from guest addresses to host memory.
#ifndef VMM_MEMORY_GUEST_MEMORY_H_
#define VMM_MEMORY_GUEST_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vmm/base/address.h"
#include "vmm/base/result.h"

namespace vmm {

/// The host's pages behind the guest's RAM.
enum class Pages : std::uint8_t { kNormal, kTransparentHuge, kReserved2M };

/// RAM of [0, size) in the guest. Nothing is committed before it is touched.
class GuestMemory {
 public:
  /// `size` is whole pages; with kReserved2M whole 2 MiB.
  static Result<GuestMemory> Create(Bytes size, Pages pages);

  GuestMemory(GuestMemory&& other) noexcept;
  GuestMemory& operator=(GuestMemory&& other) = delete;
  GuestMemory(const GuestMemory&) = delete;
  GuestMemory& operator=(const GuestMemory&) = delete;
  ~GuestMemory();

  Bytes size() const { return Bytes(memory_.size()); }

  /// Host memory of [address, address + size), valid as long as this object. kGuestFault if any of
  /// it lies outside RAM, or in what Protect() has taken away.
  Result<std::span<std::byte>> Slice(GuestAddr address, Bytes size);
  /// The same, only to be read: protected memory too.
  Result<std::span<const std::byte>> View(GuestAddr address, Bytes size) const;

  /// Shows `size` bytes of a file from `offset` on at `address`, all whole pages; writes to them
  /// stay private. What was there is gone.
  Result<void> MapFile(GuestAddr address, Bytes size, int fd, std::uint64_t offset);

  /// Lets no device write [address, address + size) any more, by Slice(). The guest itself is held
  /// off by its own page tables, which lie in such a range: not by ours, for processors with nested
  /// paging count their own walk of the guest's tables as writing to them.
  Result<void> Protect(GuestAddr address, Bytes size);

  /// All of RAM: for KVM's memory slot and for statistics, not for devices.
  std::span<std::byte> mapping() const { return memory_; }

 private:
  struct Range {
    GuestAddr begin;
    GuestAddr end;
  };

  GuestMemory(std::span<std::byte> reserved, std::span<std::byte> memory)
      : reserved_(reserved), memory_(memory) {}
  bool Contains(GuestAddr address, Bytes size) const;

  std::span<std::byte> reserved_;  // More than memory_ where huge pages want alignment.
  std::span<std::byte> memory_;
  std::vector<Range> protected_;
};

}  // namespace vmm

#endif  // VMM_MEMORY_GUEST_MEMORY_H_
