// What the run cost this host. Read once, after the guest has ended: none of it is cheap.
//
// Source: Linux, Documentation/admin-guide/mm/pagemap.rst; Documentation/filesystems/proc.rst
// (smaps).
#ifndef VMM_TRACE_HOST_USAGE_H_
#define VMM_TRACE_HOST_USAGE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace vmm {

struct MemoryUsage {
  std::uint64_t guest_bytes = 0;            // RAM as configured.
  std::uint64_t touched_bytes = 0;          // Of it, pages that are in memory.
  std::uint64_t monitor_private_bytes = 0;  // Of all else: what no other process shares.
};

struct ProcessUsage {
  std::int64_t cpu_ns = 0;
  std::int64_t involuntary_switches = 0;
};

/// `guest`: the mapping of the guest's RAM.
MemoryUsage MeasureMemory(std::span<const std::byte> guest);

ProcessUsage MeasureProcess();

/// "vmx", "svm", "pvm" (a KVM that emulates ring 0) or "unknown".
std::string_view KvmBackend();

/// Bytes private to this process in `smaps`, the text of /proc/self/smaps, outside [begin, end).
std::uint64_t PrivateBytesOutside(std::string_view smaps, std::uint64_t begin, std::uint64_t end);

}  // namespace vmm

#endif  // VMM_TRACE_HOST_USAGE_H_
