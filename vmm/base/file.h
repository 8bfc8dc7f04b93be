// Files of the host, whole: read by mapping, written in one go.
#ifndef VMM_BASE_FILE_H_
#define VMM_BASE_FILE_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "vmm/base/result.h"
#include "vmm/base/unique_fd.h"

namespace vmm {

/// A regular file, mapped for reading until this object ends.
///
/// Who truncates the file meanwhile ends the process by SIGBUS, as with any program that is
/// running.
class MappedFile {
 public:
  /// Errors are kInvalidArgument: the file was named by the user.
  static Result<MappedFile> Open(const std::string& path);

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) = delete;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return bytes_; }
  /// For mapping parts of the file elsewhere.
  int fd() const { return fd_.get(); }

 private:
  MappedFile(UniqueFd fd, std::span<const std::byte> bytes) : fd_(std::move(fd)), bytes_(bytes) {}

  UniqueFd fd_;
  std::span<const std::byte> bytes_;
};

/// Writes all of `text`, however often write(2) takes only a part. Returns 0 or an errno.
[[nodiscard]] int WriteAll(int fd, std::string_view text);

/// Creates the file or empties it. kInvalidArgument if it cannot: the user named it.
[[nodiscard]] Result<UniqueFd> CreateFile(const std::string& path);

/// Creates or replaces the file.
[[nodiscard]] Result<void> WriteFile(const std::string& path, std::string_view text);

/// All of a file that cannot be mapped, such as those of /proc; empty if it cannot be read.
std::string ReadProcFile(const char* path);

}  // namespace vmm

#endif  // VMM_BASE_FILE_H_
