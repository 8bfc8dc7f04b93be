// Vm: one virtual machine.
#ifndef VMM_KVM_VM_H_
#define VMM_KVM_VM_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "vmm/base/address.h"
#include "vmm/base/result.h"
#include "vmm/base/unique_fd.h"
#include "vmm/kvm/vcpu.h"

namespace vmm::kvm {

class Vm {
 public:
  explicit Vm(UniqueFd fd) : fd_(std::move(fd)) {}

  /// Local interrupt controllers in the kernel, the others here. Before the first vCPU.
  Result<void> EnableSplitIrqchip();

  /// Shows `memory`, whole pages, to the guest at `address`. It must outlive the machine.
  Result<void> SetMemory(std::uint32_t slot, GuestAddr address, std::span<std::byte> memory);

  /// `run_size` is System::RunSize().
  Result<Vcpu> CreateVcpu(std::uint32_t index, std::size_t run_size);

  /// What KVM_CHECK_EXTENSION answers: 0 if the capability is lacking.
  int Extension(int capability) const;

  /// Frequency of the guest's time-stamp counter; 0 if KVM does not say.
  std::uint64_t TscKhz() const;

  int fd() const { return fd_.get(); }

 private:
  UniqueFd fd_;
};

}  // namespace vmm::kvm

#endif  // VMM_KVM_VM_H_
