#include "vmm/loader/elf_image.h"

#include <elf.h>

#include <algorithm>
#include <cstring>

#include "vmm/base/text.h"

namespace vmm {
namespace {

// More than any linker makes; bounds the work that a hostile file can ask for.
constexpr std::size_t kMaxProgramHeaders = 64;

bool InFile(std::span<const std::byte> file, std::uint64_t offset, std::uint64_t size) {
  return offset <= file.size() && size <= file.size() - offset;
}

// The file may put a structure at any offset, so it is copied, never pointed to.
template <typename T>
T Copy(std::span<const std::byte> file, std::uint64_t offset) {
  T value;
  std::memcpy(&value, file.data() + offset, sizeof(T));
  return value;
}

// In the order in which a reader would want to know: is it ELF at all, then which.
Result<Elf64_Ehdr> ParseHeader(std::span<const std::byte> file) {
  if (file.size() < SELFMAG || std::memcmp(file.data(), ELFMAG, SELFMAG) != 0) {
    return InvalidArgument("is not an ELF file; give the .elf of an appliance");
  }
  if (file.size() >= EI_NIDENT && std::to_integer<int>(file[EI_CLASS]) != ELFCLASS64) {
    return InvalidArgument("is 32-bit ELF; build it for x86-64");
  }
  if (file.size() < sizeof(Elf64_Ehdr)) {
    return InvalidArgument("is truncated: its ELF header is not complete; build or copy it again");
  }
  const auto header = Copy<Elf64_Ehdr>(file, 0);
  if (header.e_ident[EI_DATA] != ELFDATA2LSB || header.e_machine != EM_X86_64) {
    return InvalidArgument(
        Cat("is for another machine (ELF machine ", header.e_machine, "); build it for x86-64"));
  }
  if (header.e_ident[EI_VERSION] != EV_CURRENT || header.e_version != EV_CURRENT) {
    return InvalidArgument("has an unknown ELF version; build it with a current linker");
  }
  if (header.e_type == ET_DYN) {
    return InvalidArgument("is position-independent; link it at fixed addresses (-no-pie)");
  }
  if (header.e_type != ET_EXEC) {
    return InvalidArgument(Cat("is not an executable (ELF type ", header.e_type, "); link it"));
  }
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0 ||
      header.e_phnum > kMaxProgramHeaders) {
    return InvalidArgument(Cat("has ", header.e_phnum, " program headers of ", header.e_phentsize,
                               " bytes; 1 to ", kMaxProgramHeaders, " of ", sizeof(Elf64_Phdr),
                               " can be loaded"));
  }
  if (!InFile(file, header.e_phoff, std::uint64_t{header.e_phnum} * sizeof(Elf64_Phdr))) {
    return InvalidArgument("is truncated: its program headers lie beyond its end; copy it again");
  }
  return header;
}

Result<Segment> ParseSegment(std::span<const std::byte> file, const Elf64_Phdr& header) {
  if (header.p_filesz > header.p_memsz) {
    return InvalidArgument(Cat("has a segment at ", Hex{header.p_paddr},
                               " with more bytes in the file than in memory; link it again"));
  }
  if (!InFile(file, header.p_offset, header.p_filesz)) {
    return InvalidArgument(Cat("is truncated: its segment at ", Hex{header.p_paddr},
                               " lies beyond its end; build or copy it again"));
  }
  if (header.p_paddr + header.p_memsz < header.p_paddr) {
    return InvalidArgument(Cat("has a segment at ", Hex{header.p_paddr},
                               " that goes beyond the last address; link it again"));
  }
  return Segment{.address = GuestAddr(header.p_paddr),
                 .memory_size = Bytes(header.p_memsz),
                 .file_size = Bytes(header.p_filesz),
                 .offset = header.p_offset,
                 .writable = (header.p_flags & PF_W) != 0};
}

bool LiesInSegment(const ElfImage& image, GuestAddr address) {
  return std::ranges::any_of(image.segments, [&](const Segment& segment) {
    return segment.address <= address && address < segment.end();
  });
}

Result<void> CheckWhole(ElfImage& image) {
  auto& segments = image.segments;
  if (segments.empty()) return InvalidArgument("has nothing to load; link it as an executable");
  std::ranges::sort(segments, {}, &Segment::address);
  for (std::size_t i = 1; i < segments.size(); ++i) {
    if (segments[i].address < segments[i - 1].end()) {
      return InvalidArgument(Cat("has overlapping segments at ",
                                 Hex{segments[i - 1].address.value()}, " and ",
                                 Hex{segments[i].address.value()}, "; check its linker script"));
    }
  }
  const auto& block = image.boot_block;
  for (const GuestAddr entry : {image.entry, image.pvh_entry.value_or(image.entry),
                                block ? GuestAddr(block->ring3_entry) : image.entry}) {
    if (!LiesInSegment(image, entry)) {
      return InvalidArgument(Cat("has its entry point ", Hex{entry.value()},
                                 " outside its segments; check its linker script"));
    }
  }
  return {};
}

}  // namespace

Result<ElfImage> ParseElf(std::span<const std::byte> file) {
  const Result<Elf64_Ehdr> header = ParseHeader(file);
  if (!header) return std::unexpected(header.error());
  ElfImage image = {
      .entry = GuestAddr(header->e_entry), .segments = {}, .boot_block = {}, .pvh_entry = {}};
  for (std::size_t i = 0; i < header->e_phnum; ++i) {
    const auto program = Copy<Elf64_Phdr>(file, header->e_phoff + i * sizeof(Elf64_Phdr));
    if (program.p_type == PT_LOAD && program.p_memsz != 0) {
      const Result<Segment> segment = ParseSegment(file, program);
      if (!segment) return std::unexpected(segment.error());
      image.segments.push_back(*segment);
    } else if (program.p_type == PT_NOTE) {
      if (!InFile(file, program.p_offset, program.p_filesz)) {
        return InvalidArgument("is truncated: its notes lie beyond its end; copy it again");
      }
      const auto notes = file.subspan(program.p_offset, program.p_filesz);
      if (const auto parsed = ParseNotes(notes, program.p_align, image); !parsed) {
        return std::unexpected(parsed.error());
      }
    }
  }
  if (const auto whole = CheckWhole(image); !whole) return std::unexpected(whole.error());
  return image;
}

}  // namespace vmm
