#include "vmm/kvm/system.h"

#include <fcntl.h>
#include <sys/ioctl.h>

#include <cerrno>

#include "vmm/base/text.h"
#include "vmm/kvm/linux_kvm.h"

namespace vmm::kvm {
namespace {

// What to do when the device cannot be opened; empty if nobody knows.
std::string_view Remedy(int error) {
  switch (error) {
    case ENOENT:
      return "; load the module kvm_intel or kvm_amd, or turn on virtualisation in the firmware";
    case EACCES:
    case EPERM:
      return "; join the group that owns it (usually: adduser $USER kvm, then log in again)";
    case ENODEV:
    case ENXIO:
      return "; load the module kvm_intel or kvm_amd";
    default:
      return "";
  }
}

}  // namespace

Result<System> System::Open(const std::string& device) {
  UniqueFd fd(open(device.c_str(), O_RDWR | O_CLOEXEC));
  if (!fd) {
    const int error = errno;
    return HostFault(Cat("cannot open ", device, Remedy(error)), error);
  }
  const int version = ioctl(fd.get(), KVM_GET_API_VERSION, 0);
  if (version < 0) {
    return HostFault(Cat(device, " is not a KVM device; give the right one with --kvm=PATH"));
  }
  if (version != KVM_API_VERSION) {
    return HostFault(Cat(device, " speaks version ", version, " of the KVM API, not ",
                         KVM_API_VERSION, "; run a Linux of 2.6.22 or later"));
  }
  return System(std::move(fd), device);
}

Result<Vm> System::CreateVm() const {
  for (;;) {
    const int fd = ioctl(fd_.get(), KVM_CREATE_VM, 0);
    if (fd >= 0) return Vm(UniqueFd(fd));
    if (errno != EINTR) return HostFault(Cat(device_, " creates no virtual machine"), errno);
  }
}

int System::Extension(int capability) const {
  const int answer = ioctl(fd_.get(), KVM_CHECK_EXTENSION, capability);
  return answer < 0 ? 0 : answer;
}

Result<std::size_t> System::RunSize() const {
  const int size = ioctl(fd_.get(), KVM_GET_VCPU_MMAP_SIZE, 0);
  if (size < static_cast<int>(sizeof(kvm_run))) {
    return HostFault(Cat(device_, " names no size for its vCPU structure"), size < 0 ? errno : 0);
  }
  return static_cast<std::size_t>(size);
}

Result<CpuidTable> System::SupportedCpuid() const {
  CpuidTable table = {};
  table.count = CpuidTable::kMaxEntries;
  if (ioctl(fd_.get(), KVM_GET_SUPPORTED_CPUID, &table) != 0) {
    return HostFault(Cat(device_, " does not say which processor it offers"), errno);
  }
  return table;
}

}  // namespace vmm::kvm
