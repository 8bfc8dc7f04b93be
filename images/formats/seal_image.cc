// Build tool: makes of a flat image what a loader carries and checks (boot/common/flat_image.h).
//
//   seal_image IN OUT
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>
#include <vector>

#include "boot/common/flat_image.h"
#include "kernel/abi/flat_image.h"

namespace {

int Fail(const char* path, const char* why) {
  return std::fprintf(stderr, "seal_image: %s %s\n", path, why), 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> words(argv, static_cast<std::size_t>(argc));
  if (words.size() != 3) return std::fputs("usage: seal_image IN OUT\n", stderr), 1;
  std::ifstream in(words[1], std::ios::binary);
  std::vector<char> bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  abi::FlatHeader header;
  if (bytes.size() < ABI_FLAT_HEADER_OFFSET + sizeof(header)) return Fail(words[1], "is no image");
  std::memcpy(&header, &bytes[ABI_FLAT_HEADER_OFFSET], sizeof(header));
  // Zeros at the end are not in the file.
  const std::size_t size = header.load_end - ABI_FLAT_BASE;
  if (header.magic != ABI_FLAT_MAGIC || size < bytes.size()) {
    return Fail(words[1], "has no header of a flat image");
  }
  bytes.resize(size);
  const auto seal = boot::SealOf(std::as_bytes(std::span(bytes)));
  bytes.resize(size + boot::kSealSize);
  std::memcpy(&bytes[size], seal.data(), boot::kSealSize);
  if (!boot::CheckSealedImage(std::as_bytes(std::span(bytes)))) {
    return Fail(words[1], "has a header that no loader takes");
  }
  std::ofstream out(words[2], std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return out.flush() ? 0 : Fail(words[2], "cannot be written");
}
