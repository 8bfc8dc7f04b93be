// ElfBuilder: small ELF64 images for tests, right by default and wrong where a test wants it.
#ifndef VMM_TESTING_ELF_BUILDER_H_
#define VMM_TESTING_ELF_BUILDER_H_

#include <elf.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/abi/boot_block.h"

namespace vmm::testing {

class ElfBuilder {
 public:
  /// What makes the file; a test may spoil any field before Build().
  Elf64_Ehdr header;
  std::vector<Elf64_Phdr> programs;

  explicit ElfBuilder(std::uint64_t entry);

  /// A PT_LOAD segment of `bytes`, page-aligned in the file, followed by `zeros` bytes of memory.
  ElfBuilder& AddSegment(std::uint64_t address, std::string_view bytes, std::uint32_t flags = PF_R,
                         std::uint64_t zeros = 0);
  ElfBuilder& AddNote(std::string_view name, std::uint32_t type, std::string_view descriptor);
  ElfBuilder& AddBootBlock(const abi::BootBlock& block);
  ElfBuilder& AddPvhNote(std::uint32_t entry);
  /// A symbol of the table that Build() writes if there is one.
  ElfBuilder& AddSymbol(std::string_view name, std::uint64_t value, std::uint64_t size,
                        unsigned char type = STT_FUNC);

  /// The file.
  std::string Build() const;

 private:
  void AppendSymbolTable(std::string& file, Elf64_Ehdr& head) const;

  std::string body_;  // Of the file, from kBodyOffset on.
  std::vector<Elf64_Sym> symbols_;
  std::string names_;
};

/// `text` as the bytes of a file.
inline std::span<const std::byte> AsBytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

}  // namespace vmm::testing

#endif  // VMM_TESTING_ELF_BUILDER_H_
