// Vcpu: one virtual processor and the structure that it shares with the kernel.
#ifndef VMM_KVM_VCPU_H_
#define VMM_KVM_VCPU_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "vmm/base/result.h"
#include "vmm/base/unique_fd.h"
#include "vmm/kvm/cpu_state.h"
#include "vmm/kvm/cpuid.h"
#include "vmm/kvm/linux_kvm.h"

namespace vmm::kvm {

class Vcpu {
 public:
  Vcpu(UniqueFd fd, std::span<std::byte> run) : fd_(std::move(fd)), run_(run) {}
  Vcpu(Vcpu&& other) noexcept;
  Vcpu& operator=(Vcpu&& other) = delete;
  Vcpu(const Vcpu&) = delete;
  Vcpu& operator=(const Vcpu&) = delete;
  ~Vcpu();

  /// What the last Run() left, and what the next one takes. Written by the kernel: trusted.
  kvm_run& run() { return *reinterpret_cast<kvm_run*>(run_.data()); }
  /// The data of a KVM_EXIT_IO, size * count bytes.
  std::span<std::byte> io_data();

  Result<void> SetCpuid(const CpuidTable& table);

  /// Registers for the first Run(). With `shared` they go in by that call itself
  /// (KVM_CAP_SYNC_REGS), else by two calls of their own.
  Result<void> SetState(const CpuState& state, bool shared);

  /// Runs the guest until it needs us. A signal, too, returns; its exit reason is KVM_EXIT_INTR.
  /// A negative errno is left to the caller: EFAULT may be the guest's doing.
  [[nodiscard]] int Run();

  /// From now on Run() returns at once, on whatever thread; with a signal, also one under way.
  void ReturnAtOnce() { __atomic_store_n(&run().immediate_exit, 1, __ATOMIC_RELAXED); }

  Result<CpuState> State();
  /// A model-specific register; empty if KVM does not know it.
  std::optional<std::uint64_t> Msr(std::uint32_t index);
  /// A counter of KVM_GET_STATS_FD by its name; empty if this KVM keeps none.
  std::optional<std::uint64_t> Statistic(const char* name);

  int fd() const { return fd_.get(); }

 private:
  UniqueFd fd_;
  std::span<std::byte> run_;
};

}  // namespace vmm::kvm

#endif  // VMM_KVM_VCPU_H_
