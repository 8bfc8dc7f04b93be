#include "vmm/loader/load_image.h"

#include <algorithm>
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

// Whether the pages of `segment` belong to it alone and lie alike in the file.
bool CanBeMapped(const ElfImage& image, std::size_t index) {
  const Segment& segment = image.segments[index];
  const std::uint64_t page = kPageSize.count();
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

}  // namespace

Result<void> LoadImage(const ElfImage& image, const MappedFile& file, GuestMemory& memory) {
  if (const auto fits = CheckFits(image, memory); !fits) return fits;
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    Bytes mapped;
    if (CanBeMapped(image, i)) {
      mapped = Bytes(segment.file_size.count() & ~(kPageSize.count() - 1));
      // A last page without .bss may show what follows it in the file, as under execve.
      if (segment.file_size == segment.memory_size) {
        mapped = GuestAddr(segment.file_size.count()).AlignUp(kPageSize) - GuestAddr(0);
      }
    }
    if (mapped.count() != 0) {
      const auto done = memory.MapFile(segment.address, mapped, file.fd(), segment.offset);
      if (!done) return done;
    }
    if (mapped < segment.file_size) {
      if (const auto done = CopyIn(segment, mapped, file, memory); !done) return done;
    }
    if (image.boot_block && !segment.writable && CanBeMapped(image, i)) {
      const GuestAddr end = segment.end().AlignUp(kPageSize);
      if (const auto done = memory.Protect(segment.address, end - segment.address); !done) {
        return done;
      }
    }
  }
  return {};
}

}  // namespace vmm
