// Whatever the bytes are, reading them ends, within them.
#include <cstddef>
#include <cstdint>

#include "tests/elf/elf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = elf::Read({reinterpret_cast<const char*>(data), size});
  if (!file) return 0;
  for (const elf::Symbol& symbol : file->symbols) {
    (void)file->FunctionAt(symbol.address);
    if (file->Find(symbol.name) == nullptr) __builtin_trap();
  }
  return 0;
}
