// Build tool: packs files into an archive that Linux unpacks as its first file system.
//
//   initramfs OUT PATH=FILE…
#include <cstdio>
#include <span>
#include <string>
#include <string_view>

#include "tests/harness/boot.h"
#include "tests/nested/cpio.h"

int main(int argc, char** argv) {
  const std::span<char*> words(argv, static_cast<std::size_t>(argc));
  if (words.size() < 2) return std::fputs("usage: initramfs OUT PATH=FILE...\n", stderr), 1;
  nested::CpioWriter writer;
  for (const char* folder : {"dev", "proc", "sys", "tmp"}) writer.AddFolder(folder);
  for (const std::string_view word : words.subspan(2)) {
    const std::size_t equals = word.find('=');
    const std::string file(equals == std::string_view::npos ? "" : word.substr(equals + 1));
    const auto contents = harness::ReadFile(file);
    if (!contents) return std::fprintf(stderr, "initramfs: %s\n", contents.error().c_str()), 1;
    writer.AddFile(word.substr(0, equals), *contents);
  }
  const std::string archive = writer.Finish();
  std::FILE* const out = std::fopen(words[1], "wb");
  if (out == nullptr || std::fwrite(archive.data(), 1, archive.size(), out) != archive.size() ||
      std::fclose(out) != 0) {
    return std::fprintf(stderr, "initramfs: cannot write %s\n", words[1]), 1;
  }
  return 0;
}
