#include "kernel/nucleus/cores.h"

#include <cstdint>
#include <expected>

#include "kernel/abi/nucleus_call.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"
#include "kernel/nucleus/image_symbols.h"
#include "kernel/nucleus/nucleus_call.h"

namespace kernel::nucleus {
namespace {

constexpr std::uint64_t kRefused = ~std::uint64_t{0};

}  // namespace

Result<std::uint32_t> PrepareCores(PhysAddr page) {
  const std::uint64_t apic_id = NucleusCall(ABI_CALL_PREPARE_CORES, page.value());
  if (apic_id == kRefused) return std::unexpected(Error::kInvalidArgument);
  return static_cast<std::uint32_t>(apic_id);
}

Result<void> ResetCore(std::uint32_t core, std::uint32_t apic_id) {
  if (NucleusCall(ABI_CALL_RESET_CORE, core, apic_id) == kRefused) {
    return std::unexpected(Error::kInvalidArgument);
  }
  return {};
}

void StartCore(std::uint32_t core) { NucleusCall(ABI_CALL_START_CORE, core); }

void WakeCore(std::uint32_t core) { NucleusCall(ABI_CALL_WAKE_CORE, core); }

std::uint32_t ThisCore() {
  const VirtAddr here = AddressOf(__builtin_frame_address(0));
  if (here < AddressOf(core_stacks_begin) || here >= AddressOf(core_stacks_end)) return 0;
  const Bytes offset = here - AddressOf(core_stacks_begin);
  return static_cast<std::uint32_t>(offset.count() / CORE_STACK_SIZE) + 1;
}

}  // namespace kernel::nucleus
