// Names for the addresses of an image, out of its ELF symbol table.
//
// Source: System V ABI, generic, chapter 4 (sections, string table, symbol table).
#ifndef VMM_CRASH_SYMBOLS_H_
#define VMM_CRASH_SYMBOLS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vmm {

/// The functions of an image. Names point into the file's bytes, which must live as long.
class Symbols {
 public:
  /// An image without a symbol table, or with a broken one, has no names: that is no error, for
  /// this is called when something worse has happened.
  static Symbols OfElf(std::span<const std::byte> file);

  /// "function+0x12", its name readable (C++); the bare address where no function is known.
  std::string Describe(std::uint64_t address) const;

  /// The name as in the file of the function that `address` lies in; empty if none is known.
  std::string_view FunctionAt(std::uint64_t address) const;

  bool empty() const { return functions_.empty(); }

 private:
  struct Function {
    std::uint64_t begin;
    std::uint64_t end;  // That of the next where the assembler has named none.
    std::string_view name;
  };

  const Function* Find(std::uint64_t address) const;

  std::vector<Function> functions_;  // Ascending.
};

}  // namespace vmm

#endif  // VMM_CRASH_SYMBOLS_H_
