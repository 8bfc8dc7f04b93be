// From Ring3Entry to KernelMain: makes a BootHandoff of whatever the loader left.
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

#include "boot/common/physical_memory.h"
#include "boot/common/placement.h"
#include "boot/translate.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/base/address.h"
#include "kernel/base/check.h"
#include "kernel/base/result.h"
#include "kernel/base/text_writer.h"
#include "kernel/debug/debug.h"
#include "kernel/nucleus/image_symbols.h"
#include "kernel/nucleus/loader_memory.h"
#include "kernel/nucleus/wait.h"
#include "kernel/start/kernel_main.h"
#include "kernel/start/unit.h"

extern "C" [[noreturn]] void EnterKernel(std::uint32_t protocol, std::uint64_t info);

namespace kernel::start {
namespace {

[[noreturn, gnu::cold]] void Fail(std::string_view what, Error error) {
  std::array<char, 160> buffer;
  TextWriter message(buffer);
  CheckFailed(message.Text(what).Text(": ").Text(ErrorName(error)).view());
}

boot::Window MappedWindow(PhysAddr begin, PhysAddr end) {
  return {begin, std::span(ToPointer(begin), (end - begin).count())};
}

boot::Extent ImageExtent() {
  return {PhysAddr(AddressOf(nucleus_begin).value()), PhysAddr(AddressOf(image_end).value())};
}

Result<abi::BootHandoff> Translate(std::uint32_t protocol, PhysAddr info) {
  // What a loader left lies around the image, not in it.
  const boot::Extent image = ImageExtent();
  const std::array<boot::Window, 3> windows = {{
      MappedWindow(nucleus::kFirstMapped, image.begin),
      MappedWindow(image.end, nucleus::kEndOfMapped),
      {PhysAddr(0), std::span(nucleus::FirstPage(), kPageSize.count())},
  }};
  return boot::Translate(protocol, boot::PhysicalMemory(windows), info);
}

std::string_view PlacementFault(const abi::BootHandoff& handoff) {
  return boot::PlacementFault(handoff, ImageExtent(),
                              {nucleus::kFirstMapped, nucleus::kEndOfMapped});
}

[[noreturn, gnu::cold, gnu::noinline]] void EnterFromLoader(std::uint32_t protocol, PhysAddr info) {
  // Lives here for good: KernelMain does not return.
  const Result<abi::BootHandoff> handoff = Translate(protocol, info);
  if (!handoff) {
    Fail(handoff.error() == Error::kNotSupported
             ? "boot: the loader's protocol"
             : "boot: the loader's memory map, command line or modules cannot be used",
         handoff.error());
  }
  if (const std::string_view fault = PlacementFault(*handoff); !fault.empty()) CheckFailed(fault);
  KernelMain(*handoff);
}

}  // namespace

void UnitFailed(std::string_view name, Error error) { Fail(name, error); }

}  // namespace kernel::start

[[gnu::hot]] void EnterKernel(std::uint32_t protocol, std::uint64_t info) {
  using kernel::PhysAddr;
  kernel::debug::Start(protocol);
  if (protocol != ABI_BOOT_MONITOR) kernel::start::EnterFromLoader(protocol, PhysAddr(info));
  kernel::nucleus::UseWaitPort();
  kernel::start::KernelMain(
      *reinterpret_cast<const abi::BootHandoff*>(kernel::ToPointer(PhysAddr(info))));
}
