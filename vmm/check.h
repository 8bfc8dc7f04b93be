// `vmm check`: what this host's KVM offers, and what is slow about it.
#ifndef VMM_CHECK_H_
#define VMM_CHECK_H_

#include <string>

namespace vmm {

/// Prints the report to standard output. 0 if images can be run here, else 3 with the remedy.
int Check(const std::string& kvm_device);

}  // namespace vmm

#endif  // VMM_CHECK_H_
