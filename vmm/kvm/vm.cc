#include "vmm/kvm/vm.h"

#include <sys/ioctl.h>
#include <sys/mman.h>

#include <cerrno>

#include "vmm/base/text.h"
#include "vmm/kvm/linux_kvm.h"

namespace vmm::kvm {

Result<void> Vm::EnableSplitIrqchip() {
  // Pins of the I/O interrupt controller that would live here; KVM wants a number.
  constexpr std::uint64_t kPins = 24;
  kvm_enable_cap capability = {};
  capability.cap = KVM_CAP_SPLIT_IRQCHIP;
  capability.args[0] = kPins;
  if (ioctl(fd_.get(), KVM_ENABLE_CAP, &capability) != 0) {
    return HostFault("KVM lacks KVM_CAP_SPLIT_IRQCHIP; run a Linux of 4.5 or later", errno);
  }
  return {};
}

Result<void> Vm::SetMemory(std::uint32_t slot, GuestAddr address, std::span<std::byte> memory) {
  kvm_userspace_memory_region region = {};
  region.slot = slot;
  region.guest_phys_addr = address.value();
  region.memory_size = memory.size();
  region.userspace_addr = reinterpret_cast<std::uintptr_t>(memory.data());
  if (ioctl(fd_.get(), KVM_SET_USER_MEMORY_REGION, &region) != 0) {
    return HostFault(Cat("KVM takes no ", memory.size() >> 10, " KiB of RAM"), errno);
  }
  return {};
}

Result<Vcpu> Vm::CreateVcpu(std::uint32_t index, std::size_t run_size) {
  UniqueFd fd(ioctl(fd_.get(), KVM_CREATE_VCPU, index));
  if (!fd) return HostFault(Cat("KVM creates no vCPU ", index), errno);
  void* const run = mmap(nullptr, run_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
  if (run == MAP_FAILED) return HostFault("KVM does not share its vCPU structure", errno);
  return Vcpu(std::move(fd), {static_cast<std::byte*>(run), run_size});
}

int Vm::Extension(int capability) const {
  const int answer = ioctl(fd_.get(), KVM_CHECK_EXTENSION, capability);
  return answer < 0 ? 0 : answer;
}

std::uint64_t Vm::TscKhz() const {
  // Of the machine, not of a vCPU: that would load the vCPU, which takes ten times as long.
  const int frequency = ioctl(fd_.get(), KVM_GET_TSC_KHZ, 0);
  return frequency < 0 ? 0 : static_cast<std::uint64_t>(frequency);
}

}  // namespace vmm::kvm
