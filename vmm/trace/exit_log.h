// ExitLog: how often the guest came back to us, why, and how long we kept it waiting.
//
// Always on: two reads of the counter for each exit. Its size is fixed, however long the guest
// runs.
#ifndef VMM_TRACE_EXIT_LOG_H_
#define VMM_TRACE_EXIT_LOG_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "vmm/trace/clock.h"

namespace vmm {

/// One exit: from KVM's return to our next call.
struct Exit {
  std::uint32_t reason;  // KVM_EXIT_ number.
  Ticks begin;
  Ticks end;
  std::uint32_t vcpu = 0;
};

class ExitLog {
 public:
  static constexpr std::size_t kReasons = 48;  // Numbers beyond are counted as the last.
  static constexpr std::size_t kMaxKept = 8192;

  struct Counter {
    std::uint64_t count = 0;
    Ticks ticks = 0;
  };

  /// From now on the first kMaxKept exits are kept one by one, for a trace.
  void KeepEach() { kept_.reserve(kMaxKept); }

  void Add(const Exit& exit) {
    Counter& counter = counters_[exit.reason < kReasons ? exit.reason : kReasons - 1];
    ++counter.count;
    counter.ticks += exit.end - exit.begin;
    if (kept_.size() < kept_.capacity()) kept_.push_back(exit);
  }

  /// Adds all of another vCPU's. Of exits kept one by one, the first kMaxKept of both are.
  void Merge(const ExitLog& other);

  const std::array<Counter, kReasons>& counters() const { return counters_; }
  std::span<const Exit> kept() const { return kept_; }
  std::uint64_t total() const;

 private:
  std::array<Counter, kReasons> counters_ = {};
  std::vector<Exit> kept_;
};

/// Name of a KVM_EXIT_ number in reports, e.g. "io"; "other" for those that we do not know.
std::string_view ExitName(std::uint32_t reason);

}  // namespace vmm

#endif  // VMM_TRACE_EXIT_LOG_H_
