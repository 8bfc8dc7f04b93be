// The symbol table comes from a file of the user's: broken, it has no names, and that is all.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "vmm/crash/symbols.h"
#include "vmm/testing/elf_builder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string kGood = vmm::testing::ElfBuilder(0x100000)
                                       .AddSymbol("_ZN1a1bEv", 0x100000, 16)
                                       .AddSymbol("label", 0x100100, 0, STT_NOTYPE)
                                       .AddSymbol("next", 0x100200, 16)
                                       .Build();
  std::string file = kGood;
  // Records of place and 8 bytes to put there: in the file's header or, from its end, in its
  // tables.
  for (; size >= 9; data += 9, size -= 9) {
    const std::size_t offset = data[0] < 64 ? data[0] : file.size() - 8 - data[0];
    std::memcpy(file.data() + offset, data + 1, 8);
  }
  const vmm::Symbols symbols = vmm::Symbols::OfElf(vmm::testing::AsBytes(file));
  for (const std::uint64_t address : {0ull, 0x100004ull, 0x100104ull, ~0ull}) {
    if (symbols.Describe(address).empty()) __builtin_trap();
  }
  return 0;
}
