// Symbols and sections of an ELF64 file, for tests that judge what is inside an image.
//
// Source: System V ABI, chapter 4; AMD64 supplement. Read without trust: a broken file gives an
// error.
#ifndef TESTS_ELF_ELF_H_
#define TESTS_ELF_ELF_H_

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace elf {

struct Symbol {
  std::string name;  // As the linker sees it: C++ names are mangled.
  std::uint64_t address = 0;
  std::uint64_t size = 0;  // 0 if not known, as of a label in assembly.
  bool function = false;
};

struct Section {
  std::string name;
  std::uint64_t address = 0;
  std::uint64_t size = 0;
  std::uint64_t flags = 0;  // SHF_WRITE 1, SHF_ALLOC 2, SHF_EXECINSTR 4.
};

/// What a loader puts into memory.
struct Segment {
  std::uint64_t address = 0;  // Physical.
  std::string_view bytes;     // In the file; memory beyond them is zero.
  std::uint64_t memory_size = 0;
};

struct File {
  std::vector<Section> sections;  // In the file's order.
  std::vector<Segment> segments;  // In the file's order; their bytes live as long as the file's.
  std::vector<Symbol> symbols;  // By ascending address; only those with a name. Empty if stripped.

  /// The symbol of that name; nullptr if there is none.
  const Symbol* Find(std::string_view name) const;
  /// The function that holds `address`; nullptr if none does. A function without a size holds what
  /// comes before the next symbol.
  const Symbol* FunctionAt(std::uint64_t address) const;
  /// Memory from the first loaded byte to the last that is in the file, with zeros between
  /// segments. Empty if that is more than kMostLoaded.
  std::string Loaded() const;
  /// Where Loaded() begins; 0 if there are no segments.
  std::uint64_t LoadedBase() const;

  static constexpr std::uint64_t kMostLoaded = std::uint64_t{64} << 20;
};

/// Reads the bytes of a little-endian ELF64 file.
[[nodiscard]] std::expected<File, std::string> Read(std::string_view bytes);

}  // namespace elf

#endif  // TESTS_ELF_ELF_H_
