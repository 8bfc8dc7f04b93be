#include "vmm/kvm/vcpu.h"

#include <sys/ioctl.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

namespace vmm::kvm {

Vcpu::Vcpu(Vcpu&& other) noexcept
    : fd_(std::move(other.fd_)), run_(std::exchange(other.run_, {})) {}

Vcpu::~Vcpu() {
  if (!run_.empty()) munmap(run_.data(), run_.size());
}

std::span<std::byte> Vcpu::io_data() {
  return run_.subspan(run().io.data_offset, std::size_t{run().io.size} * run().io.count);
}

Result<void> Vcpu::SetCpuid(const CpuidTable& table) {
  if (ioctl(fd_.get(), KVM_SET_CPUID2, &table) != 0) {
    return HostFault("KVM refuses the processor that the image shall see", errno);
  }
  return {};
}

Result<void> Vcpu::SetState(const CpuState& state, bool shared) {
  if (shared) {
    run().s.regs.regs = state.registers;
    run().s.regs.sregs = state.special;
    run().kvm_dirty_regs = KVM_SYNC_X86_REGS | KVM_SYNC_X86_SREGS;
    return {};
  }
  if (ioctl(fd_.get(), KVM_SET_SREGS, &state.special) != 0 ||
      ioctl(fd_.get(), KVM_SET_REGS, &state.registers) != 0) {
    return HostFault("KVM refuses the registers that the image starts with", errno);
  }
  return {};
}

int Vcpu::Run() {
  if (ioctl(fd_.get(), KVM_RUN, 0) == 0) return 0;
  // EAGAIN: a core that waits to be started was woken for nothing.
  if (errno != EINTR && errno != EAGAIN) return -errno;
  run().exit_reason = KVM_EXIT_INTR;
  return 0;
}

Result<CpuState> Vcpu::State() {
  CpuState state;
  if (ioctl(fd_.get(), KVM_GET_REGS, &state.registers) != 0 ||
      ioctl(fd_.get(), KVM_GET_SREGS, &state.special) != 0) {
    return HostFault("KVM does not tell the registers", errno);
  }
  return state;
}

std::optional<std::uint64_t> Vcpu::Msr(std::uint32_t index) {
  struct {
    kvm_msrs header;
    kvm_msr_entry entry;
  } request = {};
  request.header.nmsrs = 1;
  request.entry.index = index;
  if (ioctl(fd_.get(), KVM_GET_MSRS, &request) != 1) return std::nullopt;
  return request.entry.data;
}

std::optional<std::uint64_t> Vcpu::Statistic(const char* name) {
  const UniqueFd fd(ioctl(fd_.get(), KVM_GET_STATS_FD, 0));
  if (!fd) return std::nullopt;
  kvm_stats_header header;
  if (pread(fd.get(), &header, sizeof(header), 0) != sizeof(header)) return std::nullopt;
  const std::size_t stride = sizeof(kvm_stats_desc) + header.name_size;
  std::vector<std::byte> descriptors(stride * header.num_desc);
  if (pread(fd.get(), descriptors.data(), descriptors.size(), header.desc_offset) !=
      static_cast<ssize_t>(descriptors.size())) {
    return std::nullopt;
  }
  for (std::uint32_t i = 0; i < header.num_desc; ++i) {
    const auto* descriptor =
        reinterpret_cast<const kvm_stats_desc*>(descriptors.data() + i * stride);
    if (std::strncmp(descriptor->name, name, header.name_size) != 0) continue;
    std::uint64_t value = 0;
    const off_t at = static_cast<off_t>(header.data_offset) + descriptor->offset;
    if (pread(fd.get(), &value, sizeof(value), at) != sizeof(value)) return std::nullopt;
    return value;
  }
  return std::nullopt;
}

}  // namespace vmm::kvm
