#include "tests/nested/cpio.h"

#include <format>
#include <initializer_list>
#include <utility>

namespace nested {
namespace {

constexpr std::uint32_t kFolder = 0040755;
constexpr std::uint32_t kExecutable = 0100755;
constexpr std::string_view kEnd = "TRAILER!!!";

void PadToFour(std::string& bytes) { bytes.resize((bytes.size() + 3) / 4 * 4, '\0'); }

}  // namespace

void CpioWriter::AddFolder(std::string_view path) { Add(path, kFolder, ""); }

void CpioWriter::AddFile(std::string_view path, std::string_view contents) {
  Add(path, kExecutable, contents);
}

std::string CpioWriter::Finish() {
  Add(kEnd, 0, "");
  return std::move(bytes_);
}

void CpioWriter::Add(std::string_view path, std::uint32_t mode, std::string_view contents) {
  bytes_ += "070701";
  // Inode, mode, user, group, links, time, size, device (2), its device (2), length of the name
  // with its NUL, checksum (unused). No time and no owner: the same input gives the same archive.
  for (const std::size_t field : std::initializer_list<std::size_t>{
           next_inode_++, mode, 0, 0, 1, 0, contents.size(), 0, 0, 0, 0, path.size() + 1, 0}) {
    bytes_ += std::format("{:08X}", field);
  }
  bytes_ += path;
  bytes_ += '\0';
  PadToFour(bytes_);
  bytes_ += contents;
  PadToFour(bytes_);
}

}  // namespace nested
