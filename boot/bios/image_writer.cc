#include "boot/bios/image_writer.h"

#include <algorithm>
#include <cstring>
#include <format>
#include <utility>

#include "boot/bios/layout.h"
#include "boot/common/flat_image.h"
#include "kernel/abi/flat_image.h"

namespace boot::bios {
namespace {

constexpr std::uint32_t kDiskSector = 512;
constexpr std::size_t kCdSector = 2048;
constexpr std::size_t kWord = sizeof(std::uint32_t);

// What a machine's firmware keeps of its RAM's end, at most.
constexpr std::uint64_t kFirmwareReserve = 512 << 10;
constexpr std::uint64_t kMebibyte = 1 << 20;

// Offsets into Linux's setup header. Source: Linux, Documentation/arch/x86/boot.rst.
constexpr std::size_t kSysSizeOffset = 0x1f4;  // uint32: in units of 16 bytes.
constexpr std::size_t kCode32StartOffset = 0x214;
constexpr std::size_t kInitSizeOffset = 0x260;
constexpr std::size_t kSysSizeUnit = 16;

// A partition of the PC's partition table, type "non-file-system data".
struct [[gnu::packed]] Partition {
  std::uint8_t status;
  std::uint8_t first_chs[3];
  std::uint8_t type;
  std::uint8_t last_chs[3];
  std::uint32_t first_sector;
  std::uint32_t sectors;
};
static_assert(sizeof(Partition) == 16);
constexpr std::uint8_t kActive = 0x80;
constexpr std::uint8_t kNoFileSystem = 0xda;

constexpr std::size_t RoundUp(std::size_t value, std::size_t unit) {
  return (value + unit - 1) / unit * unit;
}

template <typename T>
void Put(std::span<std::byte> bytes, std::size_t offset, const T& value) {
  std::memcpy(bytes.subspan(offset, sizeof(T)).data(), &value, sizeof(T));
}

void PutAll(std::span<std::byte> bytes, std::size_t offset, std::span<const std::byte> value) {
  std::ranges::copy(value, bytes.subspan(offset, value.size()).begin());
}

std::uint32_t WordAt(std::span<const std::byte> bytes, std::size_t offset) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes.subspan(offset, kWord).data(), kWord);
  return word;
}

Result<abi::FlatHeader> HeaderOf(std::span<const std::byte> flat) {
  abi::FlatHeader header;
  if (flat.size() < ABI_FLAT_HEADER_OFFSET + sizeof(header)) {
    return std::unexpected("the flat image is too short for its header");
  }
  std::memcpy(&header, flat.subspan(ABI_FLAT_HEADER_OFFSET).data(), sizeof(header));
  if (header.magic != ABI_FLAT_MAGIC) {
    return std::unexpected("the flat image has no header: link the program with //boot:elf");
  }
  const std::uint64_t end = ABI_FLAT_BASE + std::uint64_t{flat.size()};
  if (header.load_end < end || header.load_end % kWord != 0 || header.zero_end < header.load_end) {
    return std::unexpected("the flat image's header does not tell its size");
  }
  if (header.entry32 < ABI_FLAT_BASE || header.entry32 >= end) {
    return std::unexpected("the flat image's 32-bit entry lies outside of it");
  }
  return header;
}

// The words that make both sums of `words` end as 0, if they are its last two.
void Balance(std::span<std::byte> words) {
  const std::size_t end = words.size() - kSealSize;
  const auto seal = SealOf(words.first(end));
  Put(words, end, seal[0]);
  Put(words, end + kWord, seal[1]);
}

// The word at BIOS_BALANCE, after all else is in place.
void BalanceLoader(std::span<std::byte> loader) {
  Put(loader, BIOS_PARAMETERS_OFFSET + BIOS_BALANCE, std::uint32_t{0});
  std::uint32_t sum = 0;
  for (std::size_t offset = BIOS_LINUX_HEADER_END; offset < BIOS_LOADER_SIZE; offset += kWord) {
    sum += WordAt(loader, offset);
  }
  Put(loader, BIOS_PARAMETERS_OFFSET + BIOS_BALANCE, -sum);
}

// What the loader is told. `image` lies behind it; memory_end: the RAM that the image needs.
void FillIn(std::span<std::byte> loader, const BootImageParts& parts, const abi::FlatHeader& header,
            std::uint32_t image_size) {
  const std::uint32_t memory_end = std::max(header.zero_end, ABI_FLAT_BASE + image_size);
  Put(loader, kSysSizeOffset, static_cast<std::uint32_t>(image_size / kSysSizeUnit));
  Put(loader, kCode32StartOffset, header.entry32);
  Put(loader, kInitSizeOffset, memory_end - ABI_FLAT_BASE);

  const std::span<std::byte> parameters = loader.subspan(BIOS_PARAMETERS_OFFSET);
  const std::string text =
      std::format("{} MiB\r\n", (memory_end + kFirmwareReserve + kMebibyte - 1) / kMebibyte);
  static_assert(sizeof("4097 MiB\r\n") <= BIOS_MEMORY_TEXT_SIZE);
  // With its NUL.
  PutAll(parameters, BIOS_MEMORY_TEXT, std::as_bytes(std::span(text.c_str(), text.size() + 1)));
  Put(parameters, BIOS_IMAGE_SIZE, image_size);
  Put(parameters, BIOS_MEMORY_END, memory_end);
  const bool by_sectors = parts.reading == Reading::kBySectors;
  Put(parameters, BIOS_READ_SIZE, by_sectors ? kDiskSector : std::uint32_t{BIOS_BUFFER_SIZE});
  Put(parameters, BIOS_COMMAND_LINE_SOURCE, header.load_end);
  Put(parameters, BIOS_COMMAND_LINE_SIZE,
      static_cast<std::uint32_t>(RoundUp(parts.command_line.size() + 1, kWord)));
  BalanceLoader(loader);
}

std::uint8_t Low(std::uint64_t value) { return static_cast<std::uint8_t>(value); }

// A sector as cylinder, head and sector of the geometry that BIOSes make up for larger disks; what
// has no such address has the highest.
void PutChs(std::uint64_t sector, std::uint8_t (&chs)[3]) {
  constexpr std::uint64_t kHeads = 255;
  constexpr std::uint64_t kSectors = 63;
  const std::uint64_t cylinder = sector / (kHeads * kSectors);
  if (cylinder > 1023) {
    chs[0] = 254;
    chs[1] = chs[2] = 255;
    return;
  }
  chs[0] = Low(sector / kSectors % kHeads);
  chs[1] = Low((sector % kSectors + 1) | (cylinder >> 8 << 6));
  chs[2] = Low(cylinder);
}

}  // namespace

Result<ByteVector> MakeBootImage(const BootImageParts& parts) {
  if (parts.loader.size() != BIOS_LOADER_SIZE) {
    return std::unexpected(std::format("the loader has {} bytes, not {}", parts.loader.size(),
                                       std::size_t{BIOS_LOADER_SIZE}));
  }
  const Result<abi::FlatHeader> header = HeaderOf(parts.flat);
  if (!header) return std::unexpected(header.error());
  if (parts.command_line.size() > kMaxCommandLine) {
    return std::unexpected(std::format("the command line has {} characters; give at most {}",
                                       parts.command_line.size(), kMaxCommandLine));
  }
  if (parts.command_line.contains('\0')) {
    return std::unexpected("the command line has a character NUL in it; leave it out");
  }
  const std::size_t text_begin = header->load_end - ABI_FLAT_BASE;
  const std::size_t used = text_begin + RoundUp(parts.command_line.size() + 1, kWord) + kSealSize;
  const std::size_t size =
      std::max(RoundUp(BIOS_LOADER_SIZE + used, kCdSector), parts.minimum_size);
  if (ABI_FLAT_BASE + std::uint64_t{size} > UINT32_MAX) {
    return std::unexpected("the flat image does not fit below 4 GiB");
  }

  ByteVector bytes(size);
  PutAll(bytes, 0, parts.loader);
  const std::span<std::byte> image = std::span(bytes).subspan(BIOS_LOADER_SIZE);
  PutAll(image, 0, parts.flat);
  PutAll(image, text_begin, std::as_bytes(std::span(parts.command_line)));
  Balance(image);
  FillIn(std::span(bytes).first(BIOS_LOADER_SIZE), parts, *header,
         static_cast<std::uint32_t>(image.size()));
  return bytes;
}

Result<ByteVector> MakeDisk(std::span<const std::byte> mbr, std::span<const std::byte> boot_image) {
  if (mbr.size() > BIOS_MBR_CODE_SIZE) {
    return std::unexpected(std::format("sector 0 has {} bytes of code; there is room for {}",
                                       mbr.size(), std::size_t{BIOS_MBR_CODE_SIZE}));
  }
  const std::uint32_t sectors = static_cast<std::uint32_t>(boot_image.size() / kDiskSector);
  Partition partition = {.status = kActive,
                         .first_chs = {},
                         .type = kNoFileSystem,
                         .last_chs = {},
                         .first_sector = 1,
                         .sectors = sectors};
  PutChs(partition.first_sector, partition.first_chs);
  PutChs(sectors, partition.last_chs);

  ByteVector bytes(kDiskSector + boot_image.size());
  PutAll(bytes, 0, mbr);
  Put(bytes, BIOS_MBR_IMAGE_OFFSET, std::uint64_t{1 + BIOS_LOADER_SIZE / kDiskSector});
  Put(bytes, BIOS_MBR_PARTITION_OFFSET, partition);
  Put(bytes, BIOS_MBR_SIGNATURE_OFFSET, std::uint16_t{BIOS_SIGNATURE});
  PutAll(bytes, kDiskSector, boot_image);
  return bytes;
}

Result<ByteVector> MakeMemoryCopyDisk(std::span<const std::byte> mbr, BootImageParts parts) {
  parts.reading = Reading::kBySectors;
  // The disk's last CD sector is one short: sector 0 took of it.
  parts.minimum_size = kMemoryCopySize - kCdSector;
  const Result<ByteVector> boot_image = MakeBootImage(parts);
  if (!boot_image) return std::unexpected(boot_image.error());
  Result<ByteVector> disk = MakeDisk(mbr, *boot_image);
  if (disk) disk->resize(RoundUp(disk->size(), kMemoryCopySize));
  return disk;
}

}  // namespace boot::bios
