// Proves that a file has a program in it: the bytes of an ELF file as they lie in memory stand
// there in one piece, unchanged.
//
//   inside --elf=ELF --file=FILE
//   inside --each=segment --elf=ELF --file=FILE   segment by segment, for a file that is ELF too
//
// With --most=BYTES the file may have no more.
#include <cstdint>
#include <cstdio>
#include <format>
#include <span>
#include <string>
#include <string_view>

#include "tests/elf/elf.h"
#include "tests/harness/boot.h"
#include "tests/harness/flags.h"

namespace {

// Less than that is no program.
constexpr std::size_t kFewest = 16384;

int Fail(const std::string& why) {
  std::fprintf(stderr, "inside: %s\n", why.c_str());
  return 2;
}

// True, and said where, if the bytes are in the file.
bool Find(std::string_view what, std::string_view bytes, std::string_view file) {
  const std::size_t at = file.find(bytes);
  if (at == std::string_view::npos) {
    std::printf("BAD: %.*s: its %zu bytes are not in the file\n", static_cast<int>(what.size()),
                what.data(), bytes.size());
    return false;
  }
  std::printf("%.*s: %zu bytes at offset %zu\n", static_cast<int>(what.size()), what.data(),
              bytes.size(), at);
  return true;
}

int Main(std::span<char* const> words) {
  const auto flags = harness::Flags::Parse(words, {"elf", "file", "each", "most"});
  if (!flags) return Fail(flags.error());
  const auto bytes = harness::ReadFile(flags->Get("elf"));
  if (!bytes) return Fail(bytes.error());
  const auto program = elf::Read(*bytes);
  if (!program) return Fail(program.error());
  const auto file = harness::ReadFile(flags->Get("file"));
  if (!file) return Fail(file.error());
  const auto most = flags->Number("most", INT64_MAX);
  if (!most) return Fail(most.error());
  if (file->size() > static_cast<std::uint64_t>(*most)) {
    std::printf("BAD: the file has %zu bytes, more than %lld\n", file->size(),
                static_cast<long long>(*most));
    return 1;
  }
  const std::string loaded = program->Loaded();
  if (loaded.size() < kFewest) return Fail("the program is too small to prove anything");
  if (flags->Get("each") != "segment") return Find("the program", loaded, *file) ? 0 : 1;
  bool good = true;
  for (const elf::Segment& segment : program->segments) {
    good = Find(std::format("segment {:#x}", segment.address), segment.bytes, *file) && good;
  }
  return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return Main(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
}
