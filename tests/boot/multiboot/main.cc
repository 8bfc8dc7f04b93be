// Says what its loader gave it: a line for each word of the command line, a line for each module.
//
// Before that it takes and overwrites all memory that it can get: what a loader left must not be
// part of it.
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "kernel/base/address.h"
#include "kernel/base/text_writer.h"
#include "kernel/devices/console.h"
#include "kernel/memory/allocate.h"
#include "kernel/start/modules.h"

namespace {

void OverwriteFreeMemory() {
  constexpr kernel::Bytes kBlock{0x1000};
  while (const auto block = kernel::memory::Allocate(kBlock)) {
    std::memset(*block, 0xff, kBlock.count());
  }
}

void SayModule(const kernel::start::Module& module) {
  std::array<char, 256> buffer;
  kernel::TextWriter line(buffer);
  line.Text("module of ").Decimal(module.bytes.size()).Text(" bytes, \"").Text(module.command_line);
  line.Text("\": ").Text({reinterpret_cast<const char*>(module.bytes.data()), module.bytes.size()});
  kernel::devices::Write(line.Text("\n").view());
}

}  // namespace

int main(int argc, char** argv) {
  OverwriteFreeMemory();
  for (int i = 1; i < argc; ++i) {
    std::array<char, 256> buffer;
    kernel::TextWriter line(buffer);
    kernel::devices::Write(line.Text("word ").Text(argv[i]).Text("\n").view());
  }
  for (std::size_t i = 0; i < kernel::start::ModuleCount(); ++i) {
    SayModule(kernel::start::GetModule(i));
  }
  kernel::devices::Write("that is all\n");
  return 0;
}
