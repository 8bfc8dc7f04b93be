#include "vmm/testing/elf_builder.h"

#include <cstring>

namespace vmm::testing {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kBodyOffset = kPage;

template <typename T>
void Append(std::string& to, const T& value) {
  to.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

void PadTo(std::string& text, std::size_t alignment) {
  text.resize((text.size() + alignment - 1) / alignment * alignment);
}

}  // namespace

ElfBuilder::ElfBuilder(std::uint64_t entry) : header(), names_(1, '\0') {
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_EXEC;
  header.e_machine = EM_X86_64;
  header.e_version = EV_CURRENT;
  header.e_entry = entry;
  header.e_phoff = sizeof(Elf64_Ehdr);
  header.e_ehsize = sizeof(Elf64_Ehdr);
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_shentsize = sizeof(Elf64_Shdr);
}

ElfBuilder& ElfBuilder::AddSegment(std::uint64_t address, std::string_view bytes,
                                   std::uint32_t flags, std::uint64_t zeros) {
  PadTo(body_, kPage);
  programs.push_back({.p_type = PT_LOAD,
                      .p_flags = flags,
                      .p_offset = kBodyOffset + body_.size(),
                      .p_vaddr = address,
                      .p_paddr = address,
                      .p_filesz = bytes.size(),
                      .p_memsz = bytes.size() + zeros,
                      .p_align = kPage});
  body_ += bytes;
  return *this;
}

ElfBuilder& ElfBuilder::AddNote(std::string_view name, std::uint32_t type,
                                std::string_view descriptor) {
  PadTo(body_, kPage);
  std::string note;
  Append(note, Elf64_Nhdr{.n_namesz = static_cast<Elf64_Word>(name.size() + 1),
                          .n_descsz = static_cast<Elf64_Word>(descriptor.size()),
                          .n_type = type});
  note += name;
  note += '\0';
  PadTo(note, 4);
  note += descriptor;
  PadTo(note, 4);
  programs.push_back({.p_type = PT_NOTE,
                      .p_flags = PF_R,
                      .p_offset = kBodyOffset + body_.size(),
                      .p_vaddr = 0,
                      .p_paddr = 0,
                      .p_filesz = note.size(),
                      .p_memsz = note.size(),
                      .p_align = 4});
  body_ += note;
  return *this;
}

ElfBuilder& ElfBuilder::AddBootBlock(const abi::BootBlock& block) {
  return AddNote(abi::kNoteName, ABI_BOOT_BLOCK_NOTE,
                 {reinterpret_cast<const char*>(&block), sizeof(block)});
}

ElfBuilder& ElfBuilder::AddPvhNote(std::uint32_t entry) {
  return AddNote("Xen", 18, {reinterpret_cast<const char*>(&entry), sizeof(entry)});
}

ElfBuilder& ElfBuilder::AddSymbol(std::string_view name, std::uint64_t value, std::uint64_t size,
                                  unsigned char type) {
  symbols_.push_back({.st_name = static_cast<Elf64_Word>(names_.size()),
                      .st_info = static_cast<unsigned char>(ELF64_ST_INFO(STB_GLOBAL, type)),
                      .st_other = 0,
                      .st_shndx = 1,
                      .st_value = value,
                      .st_size = size});
  names_ += name;
  names_ += '\0';
  return *this;
}

// Sections: none, the symbols, their names.
void ElfBuilder::AppendSymbolTable(std::string& file, Elf64_Ehdr& head) const {
  PadTo(file, sizeof(std::uint64_t));
  Elf64_Shdr table = {};
  table.sh_type = SHT_SYMTAB;
  table.sh_offset = file.size();
  table.sh_size = symbols_.size() * sizeof(Elf64_Sym);
  table.sh_link = 2;
  table.sh_entsize = sizeof(Elf64_Sym);
  for (const Elf64_Sym& symbol : symbols_) Append(file, symbol);
  Elf64_Shdr strings = {};
  strings.sh_type = SHT_STRTAB;
  strings.sh_offset = file.size();
  strings.sh_size = names_.size();
  file += names_;
  PadTo(file, sizeof(std::uint64_t));
  head.e_shoff = file.size();
  head.e_shnum = 3;
  Append(file, Elf64_Shdr{});
  Append(file, table);
  Append(file, strings);
}

std::string ElfBuilder::Build() const {
  std::string file(kBodyOffset, '\0');
  file += body_;
  Elf64_Ehdr head = header;
  if (head.e_phnum == 0) head.e_phnum = static_cast<Elf64_Half>(programs.size());
  if (!symbols_.empty()) AppendSymbolTable(file, head);
  std::memcpy(file.data(), &head, sizeof(head));
  file.replace(sizeof(head), programs.size() * sizeof(Elf64_Phdr),
               reinterpret_cast<const char*>(programs.data()),
               programs.size() * sizeof(Elf64_Phdr));
  return file;
}

}  // namespace vmm::testing
