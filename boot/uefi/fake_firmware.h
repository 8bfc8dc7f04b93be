// FakeFirmware: tables and services as the loader sees them, for tests of its way through.
//
// RAM that it hands out is the test's own, at the addresses that the map names: the loader writes
// where a machine's would.
#ifndef BOOT_UEFI_FAKE_FIRMWARE_H_
#define BOOT_UEFI_FAKE_FIRMWARE_H_

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "boot/uefi/firmware.h"
#include "boot/uefi/test_map.h"
#include "boot/uefi/test_program.h"

namespace boot::uefi {

class FakeFirmware {
 public:
  // RAM that is really there, below 1 GiB.
  static constexpr std::uint64_t kRam = 0x30000000;
  static constexpr std::uint64_t kRamEnd = kRam + 0x100000;

  FakeFirmware() {
    void* const ram = mmap(reinterpret_cast<void*>(kRam), kRamEnd - kRam, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (ram != reinterpret_cast<void*>(kRam)) std::abort();
    std::memset(ram, 0xa5, kRamEnd - kRam);
    current = this;
    services_.allocate_pages = AllocatePages;
    services_.get_memory_map = GetMemoryMap;
    services_.handle_protocol = HandleProtocol;
    services_.exit_boot_services = ExitBootServices;
    system_.boot_services = &services_;
    map.Add(MemoryType::kConventional, 0x1000, 0xa0000)
        .Add(MemoryType::kConventional, 0x100000, 0x800000)
        .Add(MemoryType::kConventional, kRam, kRamEnd)
        .Add(MemoryType::kAcpiReclaim, kRamEnd, kRamEnd + 0x1000);
    program.Add(".image", TestImage());
  }
  ~FakeFirmware() { munmap(reinterpret_cast<void*>(kRam), kRamEnd - kRam); }
  FakeFirmware(const FakeFirmware&) = delete;
  FakeFirmware& operator=(const FakeFirmware&) = delete;

  const SystemTable& system() {
    loaded_.base = program.bytes().data();
    loaded_.size = program.bytes().size();
    if (base_override != nullptr) loaded_.base = base_override;
    loaded_.options = options.data();
    loaded_.options_size = static_cast<std::uint32_t>(options.size() * sizeof(char16_t));
    system_.tables = tables.data();
    system_.table_count = tables.size();
    return system_;
  }

  // What a test may change before it asks for system().
  TestMap map;
  TestMap map_after_stale_key;  // Empty: the same.
  TestProgram program;
  const void* base_override = nullptr;
  std::u16string options;
  std::vector<ConfigurationTable> tables;
  int stale_keys = 0;  // How often ExitBootServices finds the key stale.
  bool in_shell = false;
  bool knows_program = true;
  bool gives_pages = true;
  Status map_status = Status::kSuccess;

  // What happened.
  int exits = 0;

 private:
  static Status BOOT_UEFI_API AllocatePages(AllocateType how, MemoryType type, std::uint64_t count,
                                            std::uint64_t* address) {
    const std::uint64_t end = *address + count * 4096;
    const bool ours = *address >= kRam && end <= kRamEnd && *address % 4096 == 0;
    const bool good = how == AllocateType::kAddress && type == MemoryType::kLoaderData && ours;
    if (!good) std::abort();
    return current->gives_pages ? Status::kSuccess : Status::kNotFound;
  }

  static Status BOOT_UEFI_API GetMemoryMap(std::uint64_t* size, void* map, std::uint64_t* key,
                                           std::uint64_t* descriptor_size, std::uint32_t* version) {
    if (current->map_status != Status::kSuccess) return current->map_status;
    const bool changed = current->exits > 0 && !current->map_after_stale_key.bytes().empty();
    const auto bytes = changed ? current->map_after_stale_key.bytes() : current->map.bytes();
    if (*size < bytes.size()) return Status::kBufferTooSmall;
    std::memcpy(map, bytes.data(), bytes.size());
    *size = bytes.size();
    *key = 0x4b00 + static_cast<std::uint64_t>(current->exits);
    *descriptor_size = TestMap::kDescriptorSize;
    *version = 1;
    return Status::kSuccess;
  }

  static Status BOOT_UEFI_API HandleProtocol(Handle handle, const Guid* protocol,
                                             void** interface) {
    if (handle != current) std::abort();
    *interface = &current->loaded_;
    if (*protocol == LoadedImage::kProtocol && current->knows_program) return Status::kSuccess;
    if (*protocol == kShellParametersProtocol && current->in_shell) return Status::kSuccess;
    return Status::kUnsupported;
  }

  static Status BOOT_UEFI_API ExitBootServices(Handle image, std::uint64_t key) {
    if (image != current) std::abort();
    const bool known = key == 0x4b00 + static_cast<std::uint64_t>(current->exits);
    ++current->exits;
    return known && current->exits > current->stale_keys ? Status::kSuccess
                                                         : Status::kInvalidParameter;
  }

  // Services are plain functions: they find their firmware here.
  static inline FakeFirmware* current = nullptr;

  BootServices services_ = {};
  SystemTable system_ = {};
  LoadedImage loaded_ = {};
};

}  // namespace boot::uefi

#endif  // BOOT_UEFI_FAKE_FIRMWARE_H_
