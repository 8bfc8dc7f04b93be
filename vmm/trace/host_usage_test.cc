#include "vmm/trace/host_usage.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstring>

namespace vmm {
namespace {

constexpr std::string_view kSmaps =
    "00200000-00209000 r--p 00000000 00:01 7 /x/vmm\n"
    "Private_Clean:        8 kB\n"
    "Private_Dirty:        0 kB\n"
    "VmFlags: rd mr\n"
    "7f0000000000-7f0000400000 rw-p 00000000 00:00 0\n"
    "Private_Dirty:       56 kB\n"
    "7f0000400000-7f0000401000 rw-p 00000000 00:00 0 [stack]\n"
    "Private_Clean:        0 kB\n"
    "Private_Dirty:        4 kB\n";

TEST(PrivateBytesOutside, LeavesTheGuestOut) {
  EXPECT_EQ(PrivateBytesOutside(kSmaps, 0x7f0000000000, 0x7f0000400000), 12u << 10);
  EXPECT_EQ(PrivateBytesOutside(kSmaps, 0, 0), 68u << 10);
  EXPECT_EQ(PrivateBytesOutside("", 0, 0), 0u);
  EXPECT_EQ(PrivateBytesOutside("Private_Dirty:", 1, 2), 0u);
}

TEST(MeasureMemory, CountsThePagesThatWereTouched) {
  constexpr std::size_t kSize = 64u << 12;
  void* const address =
      mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(address, MAP_FAILED);
  auto* const bytes = static_cast<std::byte*>(address);
  bytes[0] = bytes[5 << 12] = bytes[kSize - 1] = std::byte{1};
  const MemoryUsage usage = MeasureMemory({bytes, kSize});
  EXPECT_EQ(usage.guest_bytes, kSize);
  EXPECT_EQ(usage.touched_bytes, 3u << 12);
  EXPECT_GT(usage.monitor_private_bytes, 0u);
  munmap(address, kSize);
}

TEST(MeasureProcess, CountsProcessorTime) {
  const ProcessUsage before = MeasureProcess();
  volatile std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < 100'000; ++i) sum = sum + i;
  EXPECT_GT(MeasureProcess().cpu_ns, before.cpu_ns);
  EXPECT_GE(MeasureProcess().involuntary_switches, before.involuntary_switches);
}

TEST(KvmBackend, IsOneOfTheDocumentedNames) {
  const std::string_view backend = KvmBackend();
  EXPECT_TRUE(backend == "vmx" || backend == "svm" || backend == "pvm" || backend == "unknown");
}

}  // namespace
}  // namespace vmm
