#include "boot/uefi/loader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>

#include "boot/common/flat_image.h"
#include "boot/common/handoff_builder.h"
#include "boot/uefi/failure.h"
#include "boot/uefi/firmware.h"
#include "boot/uefi/handover.h"
#include "boot/uefi/identity_map.h"
#include "boot/uefi/load_options.h"
#include "boot/uefi/memory_map.h"
#include "boot/uefi/sections.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/flat_image.h"
#include "kernel/abi/linux_boot.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot::uefi {
namespace {

namespace linux_boot = abi::linux_boot;

template <typename T>
using Outcome = std::expected<T, Failure>;
using Failed = std::unexpected<Failure>;

constexpr PhysAddr kEndOfLow{0x40000000};

// Firmware may need several: what it does upon ExitBootServices may change the map.
constexpr int kExitAttempts = 4;

/// What outlives the loader. Zeroed.
struct Workspace {
  // The first GiB takes three, this program at most four.
  std::array<PageTable, 7> tables;
  std::array<std::byte, linux_boot::kZeroPageSize> boot_params;
  std::array<char, kMaxCommandLine.count()> command_line;
};
static_assert(sizeof(Workspace) == 96 * 1024, "a message below names the size");

PhysAddr AddressOf(const void* object) {
  return PhysAddr(reinterpret_cast<std::uintptr_t>(object));
}

template <typename T>
void Put(Workspace& workspace, std::size_t offset, const T& value) {
  std::memcpy(std::span(workspace.boot_params).subspan(offset, sizeof(T)).data(), &value,
              sizeof(T));
}

Outcome<const LoadedImage*> GetLoadedImage(Handle program, const SystemTable& system) {
  void* loaded = nullptr;
  const Status status =
      system.boot_services->handle_protocol(program, &LoadedImage::kProtocol, &loaded);
  if (status == Status::kSuccess) return static_cast<const LoadedImage*>(loaded);
  return Failed({status, "the firmware does not say where it loaded this program: status ",
                 static_cast<std::uint64_t>(status), "; update the firmware"});
}

struct Snapshot {
  MemoryMap map;
  std::uint64_t key;
};

/// The memory map as it is now. The result lives until the next call.
Outcome<Snapshot> TakeSnapshot(const BootServices& firmware) {
  // Not the firmware's memory: to allocate would change the map.
  alignas(8) static constinit std::array<std::byte, 65536> buffer = {};
  std::uint64_t size = buffer.size();
  std::uint64_t key = 0;
  std::uint64_t descriptor_size = 0;
  std::uint32_t version = 0;
  const Status status =
      firmware.get_memory_map(&size, buffer.data(), &key, &descriptor_size, &version);
  if (status != Status::kSuccess) {
    return Failed({status, "the firmware gives no memory map of at most 64 KiB: status ",
                   static_cast<std::uint64_t>(status), "; update the firmware"});
  }
  const auto map = size > buffer.size()
                       ? std::unexpected(Error::kMalformed)
                       : MemoryMap::From(std::span(buffer).first(size), descriptor_size);
  if (!map) {
    return Failed(
        {Status::kLoadError, "the firmware's memory map makes no sense; update the firmware"});
  }
  return Snapshot{*map, key};
}

Outcome<Workspace*> AllocateWorkspace(const BootServices& firmware, const Range& image) {
  const auto snapshot = TakeSnapshot(firmware);
  if (!snapshot) return Failed(snapshot.error());
  const Failure failure = {Status::kOutOfResources,
                           "the firmware has not 96 KiB of free memory below 1 GiB; give the "
                           "machine more memory"};
  const auto range = snapshot->map.FindFree(Bytes(sizeof(Workspace)), kEndOfLow, image);
  if (!range) return Failed(failure);
  std::uint64_t address = range->begin.value();
  const Status status =
      firmware.allocate_pages(AllocateType::kAddress, MemoryType::kLoaderData,
                              sizeof(Workspace) / kernel::kPageSize.count(), &address);
  if (status != Status::kSuccess) return Failed(failure);
  auto* const workspace = reinterpret_cast<Workspace*>(kernel::ToPointer(PhysAddr(address)));
  std::memset(workspace, 0, sizeof(*workspace));
  return workspace;
}

/// The words of load options if there are any, else those that were built in.
Outcome<void> FillCommandLine(Handle program, const SystemTable& system, const LoadedImage& loaded,
                              Workspace& workspace) {
  const std::span<char> line = std::span(workspace.command_line).first(kMaxCommandLine.count() - 1);
  void* shell = nullptr;
  const bool named = system.boot_services->handle_protocol(program, &kShellParametersProtocol,
                                                           &shell) == Status::kSuccess;
  const std::span options(static_cast<const std::byte*>(loaded.options),
                          loaded.options == nullptr ? 0 : loaded.options_size);
  const auto length = TextOfOptions(options, named, line);
  if (length) return {};
  const Failure too_long = {Status::kInvalidParameter,
                            "the command line has more than 65535 bytes; shorten it"};
  if (length.error() == Error::kNoSpace) return Failed(too_long);
  const auto built_in = FindSection(
      std::span(static_cast<const std::byte*>(loaded.base), loaded.size), kCommandLineSection);
  if (!built_in) return {};
  if (built_in->size() > line.size()) return Failed(too_long);
  std::memcpy(line.data(), built_in->data(), built_in->size());
  return {};
}

std::uint64_t FindRsdp(const SystemTable& system) {
  const std::span tables(system.tables, system.table_count);
  for (const Guid& kind : {kAcpi20, kAcpi10}) {
    for (const ConfigurationTable& table : tables) {
      if (table.kind == kind) return AddressOf(table.table).value();
    }
  }
  return 0;
}

void FillBootParams(const SystemTable& system, Workspace& workspace) {
  constexpr std::uint8_t kUnassignedLoader = 0xff;
  Put(workspace, linux_boot::kBootFlagOffset, linux_boot::kBootFlag);
  Put(workspace, linux_boot::kHeaderOffset, linux_boot::kHeaderMagic);
  Put(workspace, linux_boot::kLoaderOffset, kUnassignedLoader);
  Put(workspace, linux_boot::kRsdpOffset, FindRsdp(system));
  Put(workspace, linux_boot::kCmdLineOffset,
      static_cast<std::uint32_t>(AddressOf(workspace.command_line.data()).value()));
}

Outcome<void> FillMap(const MemoryMap& map, const Range& image, const Range& program,
                      Workspace& workspace) {
  if (!map.IsUsable(image)) {
    return Failed({Status::kOutOfResources, "the image needs all memory from 0x100000 to ",
                   image.end.value(),
                   ", which the machine lacks or the firmware keeps; give it more memory"});
  }
  if (program.Overlaps(image)) {
    return Failed({Status::kOutOfResources,
                   "the firmware loaded this program where the image belongs, at ",
                   program.begin.value(), "; give the machine more memory"});
  }
  // An image takes no more than a BootHandoff holds.
  std::array<linux_boot::E820Entry, abi::BootHandoff::kMaxRanges> entries = {};
  static_assert(entries.size() <= linux_boot::kMaxMapEntries);
  const auto count = map.ToE820(entries);
  if (!count) {
    return Failed({Status::kUnsupported, "the firmware's memory map has more parts than ",
                   entries.size(), "; remove devices, or update the firmware"});
  }
  Put(workspace, linux_boot::kMapCountOffset, static_cast<std::uint8_t>(*count));
  Put(workspace, linux_boot::kMapOffset, entries);
  return {};
}

Outcome<void> ExitBootServices(Handle handle, const BootServices& firmware, const Range& image,
                               const Range& program, Workspace& workspace) {
  Status status = Status::kSuccess;
  for (int attempt = 0; attempt < kExitAttempts; ++attempt) {
    const auto snapshot = TakeSnapshot(firmware);
    Outcome<void> done =
        snapshot ? FillMap(snapshot->map, image, program, workspace) : Failed(snapshot.error());
    if (!done) {
      done.error().firmware_gone = attempt > 0;
      return done;
    }
    status = firmware.exit_boot_services(handle, snapshot->key);
    if (status == Status::kSuccess) return {};
  }
  return Failed({status, "the firmware does not end its services: status ",
                 static_cast<std::uint64_t>(status), "; update the firmware", true});
}

}  // namespace

Outcome<Handover> Prepare(Handle handle, const SystemTable& system) {
  const BootServices& firmware = *system.boot_services;
  const auto loaded = GetLoadedImage(handle, system);
  if (!loaded) return Failed(loaded.error());
  const std::span bytes(static_cast<const std::byte*>((*loaded)->base), (*loaded)->size);
  const Range program = {AddressOf(bytes.data()), AddressOf(bytes.data()) + Bytes(bytes.size())};

  const auto sealed = FindSection(bytes, kImageSection);
  const auto header = sealed ? CheckSealedImage(*sealed) : std::unexpected(sealed.error());
  if (!header) {
    return Failed(
        {Status::kVolumeCorrupted, "the image in this file is damaged; copy or build it again"});
  }
  const Range image = {PhysAddr(ABI_FLAT_BASE), PhysAddr(header->zero_end)};

  const auto workspace = AllocateWorkspace(firmware, image);
  if (!workspace) return Failed(workspace.error());
  IdentityMap identity((*workspace)->tables);
  if (!identity.Add({PhysAddr(0), kEndOfLow}) || !identity.Add(program)) {
    return Failed({Status::kUnsupported, "this program is too large to be mapped: bytes ",
                   bytes.size(), "; build it again"});
  }
  if (auto done = FillCommandLine(handle, system, **loaded, **workspace); !done) {
    return Failed(done.error());
  }
  FillBootParams(system, **workspace);
  if (auto done = ExitBootServices(handle, firmware, image, program, **workspace); !done) {
    return Failed(done.error());
  }
  return Handover{.page_tables = identity.root(),
                  .source = AddressOf(sealed->data()),
                  .target = image.begin,
                  .size = PhysAddr(header->load_end) - image.begin,
                  .zero_begin = PhysAddr(header->zero_begin),
                  .zero_size = PhysAddr(header->zero_end) - PhysAddr(header->zero_begin),
                  .entry = PhysAddr(header->entry64),
                  .boot_params = AddressOf((*workspace)->boot_params.data())};
}

}  // namespace boot::uefi
