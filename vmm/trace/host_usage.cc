#include "vmm/trace/host_usage.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "vmm/base/file.h"
#include "vmm/base/unique_fd.h"

namespace vmm {
namespace {

constexpr std::uint64_t kPage = 4096;

std::uint64_t CountPresent(std::span<const std::byte> memory) {
  constexpr std::uint64_t kPresentOrSwapped = 3ull << 62;
  const UniqueFd pagemap(open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC));
  if (!pagemap) return 0;
  const std::uint64_t first = reinterpret_cast<std::uintptr_t>(memory.data()) / kPage;
  const std::uint64_t pages = memory.size() / kPage;
  std::array<std::uint64_t, 512> entries;
  std::uint64_t present = 0;
  for (std::uint64_t page = 0; page < pages;) {
    const std::uint64_t wanted = std::min<std::uint64_t>(entries.size(), pages - page);
    const ssize_t size = pread(pagemap.get(), entries.data(), wanted * sizeof(entries[0]),
                               static_cast<off_t>((first + page) * sizeof(entries[0])));
    if (size <= 0) break;
    const auto count = static_cast<std::uint64_t>(size) / sizeof(entries[0]);
    for (std::uint64_t i = 0; i < count; ++i) present += (entries[i] & kPresentOrSwapped) != 0;
    page += count;
  }
  return present * kPage;
}

// The number after `key`, in KiB, if the line begins so.
std::uint64_t Kilobytes(std::string_view line, std::string_view key) {
  if (!line.starts_with(key)) return 0;
  line.remove_prefix(key.size());
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  std::uint64_t value = 0;
  std::from_chars(line.data(), line.data() + line.size(), value);
  return value;
}

// Whether `line` is the head of a mapping ("begin-end perms ..."), and where that begins.
bool IsHead(std::string_view line, std::uint64_t& begin) {
  const char* const end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data(), end, begin, 16);
  return error == std::errc() && stop != end && *stop == '-';
}

}  // namespace

std::uint64_t PrivateBytesOutside(std::string_view smaps, std::uint64_t begin, std::uint64_t end) {
  std::uint64_t kilobytes = 0;
  std::uint64_t mapping = 0;
  while (!smaps.empty()) {
    const std::size_t stop = smaps.find('\n');
    const std::string_view line = smaps.substr(0, stop);
    smaps.remove_prefix(stop == smaps.npos ? smaps.size() : stop + 1);
    std::uint64_t head = 0;
    if (IsHead(line, head)) {
      mapping = head;
    } else if (mapping < begin || mapping >= end) {
      kilobytes += Kilobytes(line, "Private_Clean:") + Kilobytes(line, "Private_Dirty:");
    }
  }
  return kilobytes << 10;
}

MemoryUsage MeasureMemory(std::span<const std::byte> guest) {
  const auto begin = reinterpret_cast<std::uintptr_t>(guest.data());
  return {.guest_bytes = guest.size(),
          .touched_bytes = CountPresent(guest),
          .monitor_private_bytes =
              PrivateBytesOutside(ReadProcFile("/proc/self/smaps"), begin, begin + guest.size())};
}

ProcessUsage MeasureProcess() {
  timespec cpu = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return {.cpu_ns = std::int64_t{cpu.tv_sec} * 1'000'000'000 + cpu.tv_nsec,
          .involuntary_switches = usage.ru_nivcsw};
}

std::string_view KvmBackend() {
  // In this order: a host that offers kvm-pvm may have the module of its processor loaded as well.
  constexpr std::pair<const char*, std::string_view> kModules[] = {{"/sys/module/kvm_pvm", "pvm"},
                                                                   {"/sys/module/kvm_intel", "vmx"},
                                                                   {"/sys/module/kvm_amd", "svm"}};
  for (const auto& [path, backend] : kModules) {
    if (access(path, F_OK) == 0) return backend;
  }
  return "unknown";
}

}  // namespace vmm
