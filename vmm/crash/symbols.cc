#include "vmm/crash/symbols.h"

#include <elf.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <ranges>
#include <utility>

#include "vmm/base/text.h"

namespace vmm {

// Declared here: <cxxabi.h> calls its namespace abi, which is the name of kernel/abi's.
// Source: Itanium C++ ABI, section 3.4.
extern "C" char* __cxa_demangle(const char* name, char* buffer, std::size_t* size, int* status);

namespace {

using File = std::span<const std::byte>;

std::optional<File> Part(File file, std::uint64_t offset, std::uint64_t size) {
  if (offset > file.size() || size > file.size() - offset) return std::nullopt;
  return file.subspan(offset, size);
}

template <typename T>
std::optional<T> Copy(File file, std::uint64_t offset) {
  const auto part = Part(file, offset, sizeof(T));
  if (!part) return std::nullopt;
  T value;
  std::memcpy(&value, part->data(), sizeof(T));
  return value;
}

std::string_view NameAt(File strings, std::uint32_t offset) {
  if (offset >= strings.size()) return {};
  const auto* const begin = reinterpret_cast<const char*>(strings.data()) + offset;
  return {begin, strnlen(begin, strings.size() - offset)};
}

// Symbol table and its names.
struct Tables {
  File symbols;
  File strings;
};

std::optional<Tables> FindTables(File file) {
  const auto header = Copy<Elf64_Ehdr>(file, 0);
  if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
      header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_shentsize != sizeof(Elf64_Shdr)) {
    return std::nullopt;
  }
  const auto section = [&](std::uint64_t index) {
    return Copy<Elf64_Shdr>(file, header->e_shoff + index * sizeof(Elf64_Shdr));
  };
  for (std::uint64_t i = 0; i < header->e_shnum; ++i) {
    const auto table = section(i);
    if (!table) return std::nullopt;
    if (table->sh_type != SHT_SYMTAB) continue;
    const auto names = section(table->sh_link);
    if (!names) return std::nullopt;
    const auto symbols = Part(file, table->sh_offset, table->sh_size);
    const auto strings = Part(file, names->sh_offset, names->sh_size);
    if (!symbols || !strings) return std::nullopt;
    return Tables{*symbols, *strings};
  }
  return std::nullopt;
}

std::string Readable(std::string_view name) {
  const std::string mangled(name);
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> readable(
      __cxa_demangle(mangled.c_str(), nullptr, nullptr, &status), std::free);
  return readable ? std::string(readable.get()) : mangled;
}

}  // namespace

Symbols Symbols::OfElf(File file) {
  Symbols result;
  const auto tables = FindTables(file);
  if (!tables) return result;
  for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= tables->symbols.size();
       at += sizeof(Elf64_Sym)) {
    const auto symbol = Copy<Elf64_Sym>(tables->symbols, at);
    const int type = ELF64_ST_TYPE(symbol->st_info);
    // Assembly names its labels without a type.
    if (type != STT_FUNC && type != STT_NOTYPE) continue;
    if (symbol->st_shndx == SHN_UNDEF || symbol->st_shndx >= SHN_LORESERVE) continue;
    const std::string_view name = NameAt(tables->strings, symbol->st_name);
    if (name.empty()) continue;
    result.functions_.push_back({symbol->st_value, symbol->st_value + symbol->st_size, name});
  }
  auto& functions = result.functions_;
  // Of two at one address the one with a size comes last, and is found.
  std::ranges::sort(functions, [](const Function& a, const Function& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  // From the end, so that the next function that begins later is always at hand.
  std::uint64_t next = 0;
  std::uint64_t current = 0;
  for (Function& function : std::views::reverse(functions)) {
    if (function.begin != current) next = std::exchange(current, function.begin);
    if (function.end <= function.begin) function.end = next != 0 ? next : function.begin + 1;
  }
  return result;
}

const Symbols::Function* Symbols::Find(std::uint64_t address) const {
  auto after = std::ranges::upper_bound(functions_, address, {}, &Function::begin);
  if (after == functions_.begin()) return nullptr;
  const Function& function = *std::prev(after);
  return address < function.end ? &function : nullptr;
}

std::string_view Symbols::FunctionAt(std::uint64_t address) const {
  const Function* const function = Find(address);
  return function == nullptr ? std::string_view() : function->name;
}

std::string Symbols::Describe(std::uint64_t address) const {
  const Function* const function = Find(address);
  if (function == nullptr) return Cat(Hex{address});
  return Cat(Readable(function->name), "+", Hex{address - function->begin});
}

}  // namespace vmm
