// The parts of UEFI that the loader uses: tables, protocols and numbers.
//
// Source: UEFI Specification 2.10; sections at each part.
#ifndef BOOT_UEFI_FIRMWARE_H_
#define BOOT_UEFI_FIRMWARE_H_

#include <array>
#include <cstddef>
#include <cstdint>

// Microsoft's calling convention, named so that host tests can stand in for the firmware.
#define BOOT_UEFI_API __attribute__((ms_abi))

namespace boot::uefi {

/// EFI_STATUS. Appendix D.
enum class Status : std::uint64_t {
  kSuccess = 0,
  kLoadError = 1ULL << 63 | 1,
  kUnsupported = 1ULL << 63 | 3,
  kBufferTooSmall = 1ULL << 63 | 5,
  kOutOfResources = 1ULL << 63 | 9,
  kVolumeCorrupted = 1ULL << 63 | 10,
  kNotFound = 1ULL << 63 | 14,
  kInvalidParameter = 1ULL << 63 | 2,
};

using Handle = void*;

/// EFI_GUID. Appendix A.
struct Guid {
  std::uint32_t a;
  std::uint16_t b;
  std::uint16_t c;
  std::array<std::uint8_t, 8> d;

  constexpr bool operator==(const Guid&) const = default;
};
static_assert(sizeof(Guid) == 16);

/// EFI_TABLE_HEADER. Section 4.2.
struct TableHeader {
  std::uint64_t signature;
  std::uint32_t revision;
  std::uint32_t header_size;
  std::uint32_t crc32;
  std::uint32_t reserved;
};

/// EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL. Section 12.4.
struct TextOutput {
  void* reset;
  Status(BOOT_UEFI_API* output_string)(TextOutput* self, const char16_t* text);
};

/// EFI_MEMORY_TYPE. Section 7.2.1. Numbers besides these are reserved.
enum class MemoryType : std::uint32_t {
  kReserved = 0,
  kLoaderCode = 1,
  kLoaderData = 2,
  kBootServicesCode = 3,
  kBootServicesData = 4,
  kRuntimeServicesCode = 5,
  kRuntimeServicesData = 6,
  kConventional = 7,
  kUnusable = 8,
  kAcpiReclaim = 9,
  kAcpiNvs = 10,
  kMappedIo = 11,
};

/// EFI_MEMORY_DESCRIPTOR. Section 7.2.3. Firmware may append fields: only GetMemoryMap knows the
/// size.
struct MemoryDescriptor {
  MemoryType type;
  std::uint32_t padding;
  std::uint64_t physical_start;
  std::uint64_t virtual_start;
  std::uint64_t page_count;
  std::uint64_t attributes;
};
static_assert(sizeof(MemoryDescriptor) == 40);

/// In MemoryDescriptor::attributes: kept for a purpose of its own; in use by the firmware for good.
inline constexpr std::uint64_t kMemorySpecificPurpose = 1ULL << 18;
inline constexpr std::uint64_t kMemoryRuntime = 1ULL << 63;

/// EFI_ALLOCATE_TYPE. Section 7.2.1.
enum class AllocateType : std::uint32_t { kAnyPages = 0, kMaxAddress = 1, kAddress = 2 };

/// EFI_BOOT_SERVICES. Section 4.4. What is not called has no type.
struct BootServices {
  TableHeader header;
  std::array<void*, 2> task_priority;
  Status(BOOT_UEFI_API* allocate_pages)(AllocateType how, MemoryType type, std::uint64_t count,
                                        std::uint64_t* address);
  void* free_pages;
  Status(BOOT_UEFI_API* get_memory_map)(std::uint64_t* size, void* map, std::uint64_t* key,
                                        std::uint64_t* descriptor_size, std::uint32_t* version);
  std::array<void*, 11> pools_events_and_installation;
  Status(BOOT_UEFI_API* handle_protocol)(Handle handle, const Guid* protocol, void** interface);
  std::array<void*, 9> searches_and_images;
  Status(BOOT_UEFI_API* exit_boot_services)(Handle image, std::uint64_t key);
};
static_assert(offsetof(BootServices, allocate_pages) == 40);
static_assert(offsetof(BootServices, get_memory_map) == 56);
static_assert(offsetof(BootServices, handle_protocol) == 152);
static_assert(offsetof(BootServices, exit_boot_services) == 232);

/// EFI_CONFIGURATION_TABLE. Section 4.6.
struct ConfigurationTable {
  Guid kind;
  void* table;
};

inline constexpr Guid kAcpi20 = {
    0x8868e871, 0xe4f1, 0x11d3, {0xbc, 0x22, 0x00, 0x80, 0xc7, 0x3c, 0x88, 0x81}};
inline constexpr Guid kAcpi10 = {
    0xeb9d2d30, 0x2d88, 0x11d3, {0x9a, 0x16, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0x4d}};

/// EFI_SYSTEM_TABLE. Section 4.3.
struct SystemTable {
  TableHeader header;
  const char16_t* firmware_vendor;
  std::uint32_t firmware_revision;
  Handle console_in_handle;
  void* console_in;
  Handle console_out_handle;
  TextOutput* console_out;  // Null where there is no console.
  Handle error_handle;
  TextOutput* error;
  void* runtime_services;
  BootServices* boot_services;
  std::uint64_t table_count;
  const ConfigurationTable* tables;
};
static_assert(offsetof(SystemTable, console_out) == 64);
static_assert(offsetof(SystemTable, boot_services) == 96);
static_assert(offsetof(SystemTable, tables) == 112);

/// EFI_LOADED_IMAGE_PROTOCOL, up to what is used. Section 9.1.
struct LoadedImage {
  static constexpr Guid kProtocol = {
      0x5b1b31a1, 0x9562, 0x11d2, {0x8e, 0x3f, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b}};

  std::uint32_t revision;
  Handle parent;
  SystemTable* system;
  Handle device;
  void* file_path;
  void* reserved;
  std::uint32_t options_size;  // In bytes.
  const void* options;
  const void* base;
  std::uint64_t size;
};
static_assert(offsetof(LoadedImage, options) == 56);
static_assert(offsetof(LoadedImage, size) == 72);

/// On the handle of an image that a shell has started; the options then begin with the name by
/// which it was called. Source: UEFI Shell Specification 2.2, section 2.3.
inline constexpr Guid kShellParametersProtocol = {
    0x752f3136, 0x4e16, 0x4fdc, {0xa2, 0x2a, 0xe5, 0xf4, 0x68, 0x12, 0xf4, 0xca}};

}  // namespace boot::uefi

#endif  // BOOT_UEFI_FIRMWARE_H_
