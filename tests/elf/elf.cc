#include "tests/elf/elf.h"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <optional>

namespace elf {
namespace {

// The `index`th record of a table at `offset`; nothing if it does not lie within `bytes`.
template <typename Record>
std::optional<Record> At(std::string_view bytes, std::uint64_t offset, std::uint64_t index) {
  if (offset > bytes.size() || index >= (bytes.size() - offset) / sizeof(Record)) return {};
  Record record;
  std::memcpy(&record, bytes.data() + offset + index * sizeof(Record), sizeof(Record));
  return record;
}

// The NUL-terminated name at `index` of a string table; empty if there is none.
std::string NameAt(std::string_view bytes, const Elf64_Shdr& strings, std::uint32_t index) {
  if (strings.sh_offset > bytes.size() || strings.sh_size > bytes.size() - strings.sh_offset ||
      index >= strings.sh_size) {
    return "";
  }
  const std::string_view table = bytes.substr(strings.sh_offset, strings.sh_size);
  return std::string(table.substr(index, table.find('\0', index) - index));
}

void ReadSymbols(std::string_view bytes, const Elf64_Shdr& table, const Elf64_Shdr& strings,
                 std::vector<Symbol>& symbols) {
  for (std::uint64_t i = 0; i < table.sh_size / sizeof(Elf64_Sym); ++i) {
    const auto symbol = At<Elf64_Sym>(bytes, table.sh_offset, i);
    if (!symbol) return;
    const int type = ELF64_ST_TYPE(symbol->st_info);
    std::string name = NameAt(bytes, strings, symbol->st_name);
    if (name.empty() || type == STT_FILE || type == STT_SECTION || symbol->st_shndx == SHN_UNDEF) {
      continue;
    }
    symbols.push_back({std::move(name), symbol->st_value, symbol->st_size, type == STT_FUNC});
  }
}

}  // namespace

const Symbol* File::Find(std::string_view name) const {
  const auto found = std::ranges::find(symbols, name, &Symbol::name);
  return found == symbols.end() ? nullptr : &*found;
}

const Symbol* File::FunctionAt(std::uint64_t address) const {
  const auto after = std::ranges::upper_bound(symbols, address, {}, &Symbol::address);
  for (auto at = after; at != symbols.begin();) {
    --at;
    const bool holds = at->size == 0 || address - at->address < at->size;
    if (at->function && holds) return &*at;
    // A function with a size that ends before the address cannot be followed by one that holds it.
    if (at->function && at->size != 0) return nullptr;
  }
  return nullptr;
}

std::uint64_t File::LoadedBase() const {
  const auto first = std::ranges::min_element(segments, {}, &Segment::address);
  return first == segments.end() ? 0 : first->address;
}

std::string File::Loaded() const {
  const std::uint64_t base = LoadedBase();
  std::string memory;
  for (const Segment& segment : segments) {
    const std::uint64_t offset = segment.address - base;
    if (offset > kMostLoaded || segment.bytes.size() > kMostLoaded - offset) return "";
    memory.resize(std::max<std::size_t>(memory.size(), offset + segment.bytes.size()));
    memory.replace(offset, segment.bytes.size(), segment.bytes);
  }
  return memory;
}

std::expected<File, std::string> Read(std::string_view bytes) {
  const auto header = At<Elf64_Ehdr>(bytes, 0, 0);
  if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
      header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB) {
    return std::unexpected("not a little-endian ELF64 file");
  }
  if (header->e_shentsize != sizeof(Elf64_Shdr)) return std::unexpected("no section headers");
  std::vector<Elf64_Shdr> headers;
  for (int i = 0; i < header->e_shnum; ++i) {
    const auto section = At<Elf64_Shdr>(bytes, header->e_shoff, static_cast<std::uint64_t>(i));
    if (!section) return std::unexpected("section headers lie outside of the file");
    headers.push_back(*section);
  }
  if (header->e_shstrndx >= headers.size()) return std::unexpected("no table of section names");
  File file;
  for (int i = 0; i < header->e_phnum; ++i) {
    const auto segment = At<Elf64_Phdr>(bytes, header->e_phoff, static_cast<std::uint64_t>(i));
    if (!segment) return std::unexpected("program headers lie outside of the file");
    if (segment->p_type != PT_LOAD) continue;
    if (segment->p_offset > bytes.size() || segment->p_filesz > bytes.size() - segment->p_offset) {
      return std::unexpected("a segment lies outside of the file");
    }
    file.segments.push_back(
        {segment->p_paddr, bytes.substr(segment->p_offset, segment->p_filesz), segment->p_memsz});
  }
  for (const Elf64_Shdr& section : headers) {
    file.sections.push_back({NameAt(bytes, headers[header->e_shstrndx], section.sh_name),
                             section.sh_addr, section.sh_size, section.sh_flags});
    if (section.sh_type != SHT_SYMTAB) continue;
    if (section.sh_link >= headers.size()) return std::unexpected("symbols without names");
    ReadSymbols(bytes, section, headers[section.sh_link], file.symbols);
  }
  std::ranges::stable_sort(file.symbols, {}, &Symbol::address);
  return file;
}

}  // namespace elf
