// write_image: the host tool that writes disks and boot images for BIOSes (image_writer.h).
//
//   write_image --format=bzimage|compact_img|img|memory_img --loader=FILE --mbr=FILE --flat=FILE
//       [--command-line=TEXT] --output=FILE
//
// Ends with 0, or with 1 and a line that says what is wrong.

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <format>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "boot/bios/image_writer.h"

namespace boot::bios {
namespace {

using Flags = std::map<std::string, std::string, std::less<>>;

Result<Flags> ParseFlags(std::span<char* const> words) {
  Flags flags = {{"command-line", ""}, {"flat", ""}, {"format", ""},
                 {"loader", ""},       {"mbr", ""},  {"output", ""}};
  for (const std::string_view word : words) {
    const std::size_t equals = word.find('=');
    if (!word.starts_with("--") || equals == std::string_view::npos) {
      return std::unexpected(std::format("{}: give flags as --name=value", word));
    }
    const auto flag = flags.find(word.substr(2, equals - 2));
    if (flag == flags.end()) return std::unexpected(std::format("unknown flag {}", word));
    flag->second = word.substr(equals + 1);
  }
  return flags;
}

using File = std::unique_ptr<std::FILE, decltype([](std::FILE* file) { std::fclose(file); })>;

std::unexpected<std::string> SystemError(const std::string& path) {
  return std::unexpected(std::format("{}: {}", path, std::strerror(errno)));
}

Result<ByteVector> Read(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return SystemError(path);
  ByteVector bytes;
  std::byte buffer[65536];
  while (const std::size_t count = std::fread(buffer, 1, sizeof(buffer), file.get())) {
    bytes.insert(bytes.end(), buffer, buffer + count);
  }
  if (std::ferror(file.get())) return SystemError(path);
  return bytes;
}

Result<void> Write(const std::string& path, std::span<const std::byte> bytes) {
  File file(std::fopen(path.c_str(), "wb"));
  if (!file) return SystemError(path);
  if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() ||
      std::fflush(file.get()) != 0) {
    return SystemError(path);
  }
  return {};
}

Result<ByteVector> Make(std::string_view format, std::span<const std::byte> mbr,
                        const BootImageParts& parts) {
  if (format == "memory_img") return MakeMemoryCopyDisk(mbr, parts);
  if (format != "bzimage" && format != "compact_img" && format != "img") {
    return std::unexpected(
        std::format("--format={}: give one of bzimage, compact_img, img, memory_img", format));
  }
  Result<ByteVector> image = MakeBootImage(parts);
  if (format == "bzimage" || !image) return image;
  image = MakeDisk(mbr, *image);
  if (image && format == "img") {
    image->resize((image->size() + kCylinderSize - 1) / kCylinderSize * kCylinderSize);
  }
  return image;
}

Result<void> Run(std::span<char* const> words) {
  const Result<Flags> flags = ParseFlags(words);
  if (!flags) return std::unexpected(flags.error());
  const Result<ByteVector> loader = Read(flags->at("loader"));
  const Result<ByteVector> mbr = Read(flags->at("mbr"));
  const Result<ByteVector> flat = Read(flags->at("flat"));
  for (const auto* const part : {&loader, &mbr, &flat}) {
    if (!*part) return std::unexpected(part->error());
  }
  const Result<ByteVector> image =
      Make(flags->at("format"), *mbr,
           {.loader = *loader, .flat = *flat, .command_line = flags->at("command-line")});
  if (!image) return std::unexpected(image.error());
  return Write(flags->at("output"), *image);
}

}  // namespace
}  // namespace boot::bios

int main(int argc, char** argv) {
  const auto done =
      boot::bios::Run(std::span<char* const>(argv + 1, static_cast<std::size_t>(argc) - 1));
  if (done) return 0;
  std::fprintf(stderr, "write_image: %s\n", done.error().c_str());
  return 1;
}
