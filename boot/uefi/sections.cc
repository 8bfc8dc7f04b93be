#include "boot/uefi/sections.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>
#include <string_view>

#include "kernel/base/result.h"

namespace boot::uefi {
namespace {

using kernel::Error;
using kernel::Result;
using Program = std::span<const std::byte>;

constexpr std::size_t kPeOffsetOffset = 0x3c;
constexpr std::uint32_t kPeSignature = 0x4550;  // "PE", two zeros.

struct CoffHeader {
  std::uint32_t signature;
  std::uint16_t machine;
  std::uint16_t section_count;
  std::array<std::uint32_t, 3> time_and_symbols;
  std::uint16_t optional_header_size;
  std::uint16_t characteristics;
};
static_assert(sizeof(CoffHeader) == 24);

struct SectionHeader {
  std::array<char, 8> name;  // Padded with zeros.
  std::uint32_t size;
  std::uint32_t address;  // Relative to the program's base.
  std::array<std::uint32_t, 6> file_and_flags;
};
static_assert(sizeof(SectionHeader) == 40);

template <typename T>
Result<T> Read(Program program, std::size_t offset) {
  if (offset > program.size() || program.size() - offset < sizeof(T)) {
    return std::unexpected(Error::kMalformed);
  }
  T value;
  std::memcpy(&value, program.subspan(offset).data(), sizeof(T));
  return value;
}

bool IsNamed(const SectionHeader& section, std::string_view name) {
  for (std::size_t i = 0; i < section.name.size(); ++i) {
    if (section.name[i] != (i < name.size() ? name[i] : '\0')) return false;
  }
  return name.size() <= section.name.size();
}

}  // namespace

Result<Program> FindSection(Program program, std::string_view name) {
  const auto pe_offset = Read<std::uint32_t>(program, kPeOffsetOffset);
  if (!pe_offset) return std::unexpected(pe_offset.error());
  const auto coff = Read<CoffHeader>(program, *pe_offset);
  if (!coff || coff->signature != kPeSignature) return std::unexpected(Error::kMalformed);
  const std::size_t table =
      std::size_t{*pe_offset} + sizeof(CoffHeader) + coff->optional_header_size;
  for (std::size_t i = 0; i < coff->section_count; ++i) {
    const auto section = Read<SectionHeader>(program, table + i * sizeof(SectionHeader));
    if (!section) return std::unexpected(section.error());
    if (!IsNamed(*section, name)) continue;
    if (section->address > program.size() || program.size() - section->address < section->size) {
      return std::unexpected(Error::kMalformed);
    }
    return program.subspan(section->address, section->size);
  }
  return std::unexpected(Error::kNotFound);
}

}  // namespace boot::uefi
