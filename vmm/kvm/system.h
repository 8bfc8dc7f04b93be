// System: the KVM device itself.
//
// Source for this folder: Linux, Documentation/virt/kvm/api.rst.
#ifndef VMM_KVM_SYSTEM_H_
#define VMM_KVM_SYSTEM_H_

#include <cstddef>
#include <string>

#include "vmm/base/result.h"
#include "vmm/base/unique_fd.h"
#include "vmm/kvm/vm.h"

namespace vmm::kvm {

class System {
 public:
  /// Opens the device and checks that it speaks the API. Errors are kHostFault with the remedy.
  static Result<System> Open(const std::string& device);

  Result<Vm> CreateVm() const;

  /// What KVM_CHECK_EXTENSION answers: 0 if the capability is lacking.
  int Extension(int capability) const;

  /// Bytes of the run structure that each vCPU shares with us.
  Result<std::size_t> RunSize() const;

  /// All that the host's KVM could show a guest of CPUID. Slow where CPUID traps: 0.7 ms on
  /// kvm-pvm.
  Result<CpuidTable> SupportedCpuid() const;

 private:
  System(UniqueFd fd, std::string device) : fd_(std::move(fd)), device_(std::move(device)) {}

  UniqueFd fd_;
  std::string device_;
};

}  // namespace vmm::kvm

#endif  // VMM_KVM_SYSTEM_H_
