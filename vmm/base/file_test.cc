#include "vmm/base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <thread>

namespace vmm {
namespace {

std::string PathFor(const char* name) { return testing::TempDir() + "/" + name; }

TEST(MappedFile, ShowsWhatWriteFileWrote) {
  const std::string path = PathFor("mapped");
  ASSERT_TRUE(WriteFile(path, "long ago").has_value());
  ASSERT_TRUE(WriteFile(path, "bytes").has_value());  // Replaces, and does not leave a tail.
  const Result<MappedFile> file = MappedFile::Open(path);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size()),
            "bytes");
}

TEST(MappedFile, RefusesWhatIsNotAFileWithBytes) {
  const std::string empty = PathFor("empty");
  ASSERT_TRUE(WriteFile(empty, "").has_value());
  for (const std::string& path : {PathFor("absent"), std::string("/dev/null"), empty}) {
    const Result<MappedFile> file = MappedFile::Open(path);
    ASSERT_FALSE(file.has_value()) << path;
    EXPECT_EQ(file.error().code, Code::kInvalidArgument);
    EXPECT_NE(file.error().what.find(path), std::string::npos) << file.error().what;
  }
}

TEST(WriteFile, SaysWhereItCannotWrite) {
  EXPECT_EQ(WriteFile("/dev/full", "x").error().host_errno, ENOSPC);
  EXPECT_EQ(WriteFile(PathFor("no/such/folder"), "x").error().host_errno, ENOENT);
}

TEST(WriteAll, WaitsForAReaderThatIsSlow) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_NONBLOCK), 0);
  const UniqueFd reading(ends[0]);
  const UniqueFd writing(ends[1]);
  const std::string text(1 << 20, 'x');  // More than a pipe holds.
  std::size_t seen = 0;
  std::thread reader([&] {
    std::string buffer(65536, ' ');
    while (seen < text.size()) {
      const ssize_t count = read(reading.get(), buffer.data(), buffer.size());
      if (count > 0) seen += static_cast<std::size_t>(count);
    }
  });
  EXPECT_EQ(WriteAll(writing.get(), text), 0);
  reader.join();
  EXPECT_EQ(seen, text.size());
}

TEST(ReadProcFile, ReadsWhatHasNoSize) {
  EXPECT_NE(ReadProcFile("/proc/self/status").find("VmRSS"), std::string::npos);
  EXPECT_EQ(ReadProcFile("/proc/self/no-such-file"), "");
}

}  // namespace
}  // namespace vmm
