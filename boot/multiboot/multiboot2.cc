#include "boot/multiboot/multiboot2.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <optional>
#include <span>

#include "boot/common/handoff_builder.h"
#include "boot/common/physical_memory.h"
#include "boot/multiboot/basic_memory.h"
#include "kernel/abi/boot_handoff.h"
#include "kernel/abi/multiboot.h"
#include "kernel/base/address.h"
#include "kernel/base/result.h"

namespace boot {
namespace {

namespace multiboot2 = abi::multiboot2;
using multiboot2::TagType;

constexpr Bytes kTagAlignment{8};
constexpr std::size_t kOldRsdpSize = 20;
constexpr std::size_t kNewRsdpSize = 36;

/// One tag: all its bytes, and where they lie.
struct FoundTag {
  TagType type;
  PhysAddr address;
  std::span<const std::byte> bytes;

  /// The T at the tag's begin.
  template <typename T>
  Result<T> As() const {
    const Window window = {address, bytes};
    return PhysicalMemory({&window, 1}).ReadValue<T>(address);
  }
  /// Whether a text that ends lies `offset` bytes into the tag.
  bool HasText(std::size_t offset) const {
    return bytes.size() > offset &&
           std::memchr(bytes.data() + offset, '\0', bytes.size() - offset) != nullptr;
  }
};

/// Goes through the tags of one boot information; nothing is read outside of it but the modules.
class Translator {
 public:
  Translator(const PhysicalMemory& memory, abi::BootHandoff& handoff)
      : memory_(memory), handoff_(handoff) {}

  Result<void> Run(PhysAddr address) {
    const auto info = memory_.ReadValue<multiboot2::Info>(address);
    if (!info) return std::unexpected(info.error());
    const auto bytes = memory_.Read(address, Bytes(info->total_size));
    if (!bytes) return std::unexpected(bytes.error());
    const Window window = {address, *bytes};
    const PhysicalMemory information({&window, 1});

    handoff_.protocol = ABI_BOOT_MULTIBOOT2;
    for (PhysAddr next = address + Bytes(sizeof(*info));;) {
      const auto tag = information.ReadValue<multiboot2::Tag>(next);
      if (!tag) return std::unexpected(Error::kMalformed);
      if (tag->type == TagType::kEnd) return Finish();
      const auto tag_bytes = information.Read(next, Bytes(tag->size));
      if (!tag_bytes || tag->size < sizeof(*tag)) return std::unexpected(Error::kMalformed);
      if (const auto read = Read({tag->type, next, *tag_bytes}); !read) return read;
      next = (next + Bytes(tag->size)).AlignUp(kTagAlignment);
    }
  }

 private:
  Result<void> Read(const FoundTag& tag) {
    switch (tag.type) {
      case TagType::kCommandLine:
        if (!tag.HasText(sizeof(multiboot2::Tag))) return std::unexpected(Error::kMalformed);
        return SetCommandLine(handoff_, memory_, tag.address + Bytes(sizeof(multiboot2::Tag)));
      case TagType::kModule:
        return ReadModule(tag);
      case TagType::kMemory:
        if (const auto basic = tag.As<multiboot2::Memory>()) basic_memory_ = *basic;
        return {};
      case TagType::kMap:
        return ReadMap(tag);
      case TagType::kOldRsdp:
        if (handoff_.rsdp == 0) ReadRsdp(tag, kOldRsdpSize);
        return {};
      case TagType::kNewRsdp:
        ReadRsdp(tag, kNewRsdpSize);
        return {};
      default:
        return {};
    }
  }

  Result<void> ReadModule(const FoundTag& tag) {
    const auto module = tag.As<multiboot2::Module>();
    if (!module || !tag.HasText(sizeof(*module))) return std::unexpected(Error::kMalformed);
    return AddModule(handoff_, memory_, PhysAddr(module->begin),
                     PhysAddr(module->end) - PhysAddr(module->begin),
                     tag.address + Bytes(sizeof(*module)));
  }

  Result<void> ReadMap(const FoundTag& tag) {
    const auto map = tag.As<multiboot2::Map>();
    if (!map || map->entry_size < sizeof(multiboot2::MapEntry)) {
      return std::unexpected(Error::kMalformed);
    }
    std::array<ForeignRange, kMaxMapEntries> ranges;
    std::size_t count = 0;
    for (std::size_t offset = sizeof(*map); offset + map->entry_size <= tag.bytes.size();
         offset += map->entry_size) {
      if (count == ranges.size()) return std::unexpected(Error::kNoSpace);
      multiboot2::MapEntry entry;
      std::memcpy(&entry, tag.bytes.subspan(offset, sizeof(entry)).data(), sizeof(entry));
      ranges[count++] = {entry.base, entry.bytes, entry.type};
    }
    return SetMemoryMap(handoff_, std::span(ranges).first(count));
  }

  void ReadRsdp(const FoundTag& tag, std::size_t size) {
    if (tag.bytes.size() < sizeof(multiboot2::Tag) + size) return;
    handoff_.rsdp = (tag.address + Bytes(sizeof(multiboot2::Tag))).value();
  }

  /// What is left to do when all tags have been read.
  Result<void> Finish() {
    if (handoff_.range_count == 0) {
      if (!basic_memory_) return std::unexpected(Error::kNotFound);
      const auto set = SetBasicMemory(handoff_, basic_memory_->lower, basic_memory_->upper);
      if (!set) return set;
    }
    if (handoff_.command_line == 0) return SetCommandLine(handoff_, memory_, PhysAddr(0));
    return {};
  }

  const PhysicalMemory& memory_;
  abi::BootHandoff& handoff_;
  std::optional<multiboot2::Memory> basic_memory_;
};

}  // namespace

Result<abi::BootHandoff> FromMultiboot2(const PhysicalMemory& memory, PhysAddr info) {
  // One object, built in place: it is 1.7 KiB, and its caller keeps it for good.
  Result<abi::BootHandoff> handoff;
  if (const auto done = Translator(memory, *handoff).Run(info); !done) {
    handoff = std::unexpected(done.error());
  }
  return handoff;
}

}  // namespace boot
