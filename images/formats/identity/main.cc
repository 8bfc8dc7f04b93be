// Build tool: gives a disk file that qemu-img has made an identity of its content, in place.
//
//   set_identity FILE DIGEST
//
// DIGEST is hexadecimal. Ends with 0, or with 1 and one line that says what is wrong.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <format>
#include <span>
#include <string>

#include "images/formats/identity/identity.h"

namespace identity {
namespace {

Result<void> SetIdentityOfFile(const char* path, const Identity& identity) {
  const int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return std::unexpected(std::strerror(errno));
  struct stat status = {};
  if (fstat(fd, &status) != 0) return std::unexpected(std::strerror(errno));
  const auto size = static_cast<std::size_t>(status.st_size);
  // Mapped, so that the holes of a sparse file stay holes.
  void* const bytes = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (bytes == MAP_FAILED) return std::unexpected(std::strerror(errno));
  return SetIdentity(identity, std::span(static_cast<std::byte*>(bytes), size));
}

int Main(std::span<char*> arguments) {
  if (arguments.size() != 3) {
    std::fputs("usage: set_identity FILE DIGEST\n", stderr);
    return 1;
  }
  const Result<Identity> identity = IdentityFromHex(arguments[2]);
  const Result<void> done =
      identity ? SetIdentityOfFile(arguments[1], *identity) : std::unexpected(identity.error());
  if (done) return 0;
  const std::string line = std::format("set_identity: {}: {}\n", arguments[1], done.error());
  std::fputs(line.c_str(), stderr);
  return 1;
}

}  // namespace
}  // namespace identity

int main(int argc, char** argv) {
  return identity::Main(std::span(argv, static_cast<std::size_t>(argc)));
}
