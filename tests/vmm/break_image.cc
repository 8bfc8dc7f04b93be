// Build tool: makes of a good image one that a loader must refuse.
//
//   break_image KIND IN OUT
//
// Source: System V ABI, chapter 4 (ELF header), chapter 5 (program header).
#include <elf.h>

#include <cstddef>
#include <cstdio>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "tests/harness/boot.h"

namespace {

template <typename Field>
void Set(std::string& bytes, std::size_t offset, Field value) {
  std::memcpy(bytes.data() + offset, &value, sizeof(value));
}

template <typename Field>
Field Get(const std::string& bytes, std::size_t offset) {
  Field value;
  std::memcpy(&value, bytes.data() + offset, sizeof(value));
  return value;
}

// Offset of a field of the `index`th program header.
std::size_t InSegment(const std::string& bytes, std::size_t index, std::size_t field) {
  return Get<Elf64_Off>(bytes, offsetof(Elf64_Ehdr, e_phoff)) + index * sizeof(Elf64_Phdr) + field;
}

// The segment that ends the image in memory: the last that is loaded.
std::size_t LastSegment(const std::string& bytes) {
  std::size_t last = 0;
  for (std::size_t i = 0; i < Get<Elf64_Half>(bytes, offsetof(Elf64_Ehdr, e_phnum)); ++i) {
    const auto type = Get<Elf64_Word>(bytes, InSegment(bytes, i, offsetof(Elf64_Phdr, p_type)));
    if (type == PT_LOAD) last = i;
  }
  return last;
}

// False if there is no such kind.
bool Break(std::string_view kind, std::string& bytes) {
  if (kind == "empty") {
    bytes.clear();
  } else if (kind == "text") {
    bytes = "no image, but a line of text that is longer than the header of an ELF file is long\n";
  } else if (kind == "truncated") {
    // In front of the first segment.
    bytes.resize(4096);
  } else if (kind == "only_header") {
    bytes.resize(sizeof(Elf64_Ehdr));
  } else if (kind == "elf32") {
    Set<unsigned char>(bytes, EI_CLASS, ELFCLASS32);
  } else if (kind == "aarch64") {
    Set<Elf64_Half>(bytes, offsetof(Elf64_Ehdr, e_machine), EM_AARCH64);
  } else if (kind == "overlapping") {
    const auto first = Get<Elf64_Addr>(bytes, InSegment(bytes, 0, offsetof(Elf64_Phdr, p_paddr)));
    Set(bytes, InSegment(bytes, 1, offsetof(Elf64_Phdr, p_paddr)), first);
    Set(bytes, InSegment(bytes, 1, offsetof(Elf64_Phdr, p_vaddr)), first);
  } else if (kind == "too_large") {
    // Up to 1 GiB, wherever it begins.
    const std::size_t last = LastSegment(bytes);
    const auto begin =
        Get<Elf64_Addr>(bytes, InSegment(bytes, last, offsetof(Elf64_Phdr, p_paddr)));
    Set<Elf64_Xword>(bytes, InSegment(bytes, last, offsetof(Elf64_Phdr, p_memsz)),
                     (Elf64_Xword{1} << 30) - begin);
  } else {
    return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> words(argv, static_cast<std::size_t>(argc));
  if (words.size() != 4) return std::fputs("usage: break_image KIND IN OUT\n", stderr), 1;
  auto bytes = harness::ReadFile(words[2]);
  if (!bytes) return std::fprintf(stderr, "break_image: %s\n", bytes.error().c_str()), 1;
  if (!Break(words[1], *bytes)) {
    return std::fprintf(stderr, "break_image: no kind %s\n", words[1]), 1;
  }
  std::FILE* const out = std::fopen(words[3], "wb");
  if (out == nullptr || std::fwrite(bytes->data(), 1, bytes->size(), out) != bytes->size() ||
      std::fclose(out) != 0) {
    return std::fprintf(stderr, "break_image: cannot write %s\n", words[3]), 1;
  }
  return 0;
}
