#include "vmm/base/file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "vmm/base/text.h"

namespace vmm {

Result<MappedFile> MappedFile::Open(const std::string& path) {
  UniqueFd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return InvalidArgument(Cat("cannot open ", path), errno);
  struct stat status;
  if (fstat(fd.get(), &status) != 0) return InvalidArgument(Cat("cannot examine ", path), errno);
  if (!S_ISREG(status.st_mode)) return InvalidArgument(Cat(path, " is not a regular file"));
  if (status.st_size == 0) return InvalidArgument(Cat(path, " is empty"));
  const auto size = static_cast<std::size_t>(status.st_size);
  void* const address = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd.get(), 0);
  if (address == MAP_FAILED) return InvalidArgument(Cat("cannot map ", path), errno);
  return MappedFile(std::move(fd), {static_cast<const std::byte*>(address), size});
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : fd_(std::move(other.fd_)), bytes_(std::exchange(other.bytes_, {})) {}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

int WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      // A terminal or pipe that somebody else made non-blocking.
      pollfd ready = {.fd = fd, .events = POLLOUT, .revents = 0};
      poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

Result<UniqueFd> CreateFile(const std::string& path) {
  UniqueFd fd(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!fd) return InvalidArgument(Cat("cannot create ", path), errno);
  return fd;
}

Result<void> WriteFile(const std::string& path, std::string_view text) {
  const Result<UniqueFd> fd = CreateFile(path);
  if (!fd) return std::unexpected(fd.error());
  if (const int error = WriteAll(fd->get(), text)) {
    return HostFault(Cat("cannot write ", path), error);
  }
  return {};
}

std::string ReadProcFile(const char* path) {
  std::string text;
  const UniqueFd fd(open(path, O_RDONLY | O_CLOEXEC));
  if (!fd) return text;
  char buffer[4096];
  for (;;) {
    const ssize_t count = read(fd.get(), buffer, sizeof(buffer));
    if (count <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

}  // namespace vmm
