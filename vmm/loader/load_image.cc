#include "vmm/loader/load_image.h"

#include <cstring>

#include "vmm/base/text.h"

namespace vmm {
namespace {

Result<void> CheckFits(const ElfImage& image, const GuestMemory& memory) {
  const GuestAddr end = image.end();
  if (end <= GuestAddr(memory.size().count())) return {};
  const std::uint64_t megabytes = (end.value() >> 20) + 1;
  return InvalidArgument(Cat("reaches up to ", Hex{end.value()}, " and RAM has ",
                             memory.size().count() >> 10, " KiB; give --memory=", megabytes,
                             "M or more"));
}

// Below, copying is faster: the page is then in memory when the guest first touches it, which saves
// KVM more than the copy costs, and RAM stays one mapping (README.md, Cost).
constexpr Bytes kMapFrom{256u << 10};

// Whether the pages of a segment belong to it alone and lie alike in the file.
bool ShouldBeMapped(const ElfImage& image, std::size_t index) {
  const Segment& segment = image.segments[index];
  const std::uint64_t page = kPageSize.count();
  if (segment.file_size < kMapFrom) return false;
  if (segment.address.value() % page != 0 || segment.offset % page != 0) return false;
  const GuestAddr end = segment.end().AlignUp(kPageSize);
  return index + 1 == image.segments.size() || end <= image.segments[index + 1].address;
}

Result<void> CopyIn(const Segment& segment, Bytes skip, const MappedFile& file,
                    GuestMemory& memory) {
  const auto to = memory.Slice(segment.address + skip, segment.file_size - skip);
  if (!to) return std::unexpected(to.error());
  const auto from = file.bytes().subspan(segment.offset, segment.file_size.count());
  std::memcpy(to->data(), from.data() + skip.count(), to->size());
  return {};
}

Result<void> PlaceSegment(const ElfImage& image, std::size_t index, const MappedFile& file,
                          GuestMemory& memory) {
  const Segment& segment = image.segments[index];
  Bytes mapped;
  if (ShouldBeMapped(image, index)) {
    // Whole pages; what is left over is copied, so that the rest of its page stays zero.
    mapped = Bytes(segment.file_size.count() & ~(kPageSize.count() - 1));
    const auto done = memory.MapFile(segment.address, mapped, file.fd(), segment.offset);
    if (!done) return done;
  }
  return CopyIn(segment, mapped, file, memory);
}

}  // namespace

Result<void> LoadImage(const ElfImage& image, const MappedFile& file, GuestMemory& memory) {
  if (const auto fits = CheckFits(image, memory); !fits) return fits;
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    if (const auto done = PlaceSegment(image, i, file, memory); !done) return done;
    // Others' images, such as Linux, patch their own text.
    if (!image.boot_block || segment.writable) continue;
    const auto done = memory.Protect(segment.address, segment.memory_size);
    if (!done) return done;
  }
  return {};
}

}  // namespace vmm
