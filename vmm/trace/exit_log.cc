#include "vmm/trace/exit_log.h"

#include <algorithm>

#include "vmm/kvm/linux_kvm.h"

namespace vmm {

void ExitLog::Merge(const ExitLog& other) {
  for (std::size_t i = 0; i < kReasons; ++i) {
    counters_[i].count += other.counters_[i].count;
    counters_[i].ticks += other.counters_[i].ticks;
  }
  kept_.insert(kept_.end(), other.kept_.begin(), other.kept_.end());
  std::ranges::sort(kept_, {}, &Exit::begin);
  if (kept_.size() > kMaxKept) kept_.resize(kMaxKept);
}

std::uint64_t ExitLog::total() const {
  std::uint64_t total = 0;
  for (const Counter& counter : counters_) total += counter.count;
  return total;
}

std::string_view ExitName(std::uint32_t reason) {
  switch (reason) {
    case KVM_EXIT_UNKNOWN:
      return "unknown";
    case KVM_EXIT_EXCEPTION:
      return "exception";
    case KVM_EXIT_IO:
      return "io";
    case KVM_EXIT_DEBUG:
      return "debug";
    case KVM_EXIT_HLT:
      return "hlt";
    case KVM_EXIT_MMIO:
      return "mmio";
    case KVM_EXIT_IRQ_WINDOW_OPEN:
      return "irq_window_open";
    case KVM_EXIT_SHUTDOWN:
      return "shutdown";
    case KVM_EXIT_FAIL_ENTRY:
      return "fail_entry";
    case KVM_EXIT_INTR:
      return "intr";
    case KVM_EXIT_INTERNAL_ERROR:
      return "internal_error";
    case KVM_EXIT_SYSTEM_EVENT:
      return "system_event";
    case KVM_EXIT_IOAPIC_EOI:
      return "ioapic_eoi";
    default:
      return "other";
  }
}

}  // namespace vmm
