// Writer of the archive in which Linux expects its first file system.
//
// Source: Linux, Documentation/driver-api/early-userspace/buffer-format.rst ("newc").
#ifndef TESTS_NESTED_CPIO_H_
#define TESTS_NESTED_CPIO_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace nested {

/// Builds an archive in memory. The same files in the same order give the same bytes.
class CpioWriter {
 public:
  /// `path` has no leading slash; its folder must have been added before.
  void AddFolder(std::string_view path);
  /// Executable by everyone.
  void AddFile(std::string_view path, std::string_view contents);

  /// The whole archive. Call it once, last.
  std::string Finish();

 private:
  void Add(std::string_view path, std::uint32_t mode, std::string_view contents);

  std::string bytes_;
  std::uint32_t next_inode_ = 1;
};

}  // namespace nested

#endif  // TESTS_NESTED_CPIO_H_
