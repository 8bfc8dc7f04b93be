// MmioTransport: a virtio device with its registers in memory, of the interface of VIRTIO 1.x
// (version 2) or the legacy one (version 1).
//
// Source: VIRTIO 1.2, sections 4.2.2 (registers) and 4.2.4 (legacy).
#ifndef KERNEL_DEVICES_VIRTIO_MMIO_TRANSPORT_H_
#define KERNEL_DEVICES_VIRTIO_MMIO_TRANSPORT_H_

#include <cstdint>
#include <expected>
#include <limits>

#include "kernel/base/address.h"
#include "kernel/base/register.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/split_queue.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {

namespace mmio {

/// A register without fields: all of them have 32 bits.
template <std::uint16_t offset>
struct Word : Register<Word<offset>, std::uint32_t, offset> {
  static constexpr Field<31, 0, std::uint32_t> kValue{};
};

using Magic = Word<0x000>;
using Version = Word<0x004>;
using DeviceId = Word<0x008>;
using DeviceFeatures = Word<0x010>;
using DeviceFeaturesSelect = Word<0x014>;
using DriverFeatures = Word<0x020>;
using DriverFeaturesSelect = Word<0x024>;
using LegacyPageSize = Word<0x028>;
using QueueSelect = Word<0x030>;
using QueueSizeMax = Word<0x034>;
using QueueSize = Word<0x038>;
using LegacyQueueAlign = Word<0x03c>;
using LegacyQueuePage = Word<0x040>;
using QueueReady = Word<0x044>;
using QueueNotify = Word<0x050>;
using Status = Word<0x070>;
using QueueDescriptorsLow = Word<0x080>;
using QueueDescriptorsHigh = Word<0x084>;
using QueueAvailableLow = Word<0x090>;
using QueueAvailableHigh = Word<0x094>;
using QueueUsedLow = Word<0x0a0>;
using QueueUsedHigh = Word<0x0a4>;

inline constexpr std::uint32_t kMagic = 0x74726976;  // "virt"
inline constexpr std::uint32_t kLegacyVersion = 1;
inline constexpr std::uint32_t kVersion = 2;

}  // namespace mmio

/// Io reaches the registers.
template <typename Io>
class MmioTransport final : public Transport {
 public:
  /// Looks what is at `io`. kNotFound: no virtio device, or the empty place for one (type 0).
  /// kNotSupported: of a version that we do not know.
  [[nodiscard]] static Result<DeviceType> Identify(Io io) {
    if (ReadWord<mmio::Magic>(io) != mmio::kMagic) return std::unexpected(Error::kNotFound);
    const std::uint32_t version = ReadWord<mmio::Version>(io);
    if (version != mmio::kVersion && version != mmio::kLegacyVersion) {
      return std::unexpected(Error::kNotSupported);
    }
    const std::uint32_t type = ReadWord<mmio::DeviceId>(io);
    if (type == 0) return std::unexpected(Error::kNotFound);
    return static_cast<DeviceType>(type);
  }

  /// For a place where Identify found a device.
  explicit MmioTransport(Io io)
      : io_(io), legacy_(ReadWord<mmio::Version>(io) == mmio::kLegacyVersion) {}

  bool legacy() const override { return legacy_; }

  std::uint64_t ReadFeatures() override {
    Write<mmio::DeviceFeaturesSelect>(0);
    const std::uint64_t low = ReadWord<mmio::DeviceFeatures>(io_);
    Write<mmio::DeviceFeaturesSelect>(1);
    return low | std::uint64_t{ReadWord<mmio::DeviceFeatures>(io_)} << 32;
  }

  void WriteFeatures(std::uint64_t features) override {
    Write<mmio::DriverFeaturesSelect>(0);
    Write<mmio::DriverFeatures>(static_cast<std::uint32_t>(features));
    Write<mmio::DriverFeaturesSelect>(1);
    Write<mmio::DriverFeatures>(static_cast<std::uint32_t>(features >> 32));
    if (legacy_) Write<mmio::LegacyPageSize>(static_cast<std::uint32_t>(kPageSize.count()));
  }

  std::uint8_t ReadStatus() override {
    return static_cast<std::uint8_t>(ReadWord<mmio::Status>(io_));
  }
  void WriteStatus(std::uint8_t status) override { Write<mmio::Status>(status); }

  std::uint16_t QueueSize(std::uint16_t queue) override {
    Write<mmio::QueueSelect>(queue);
    const std::uint32_t size = ReadWord<mmio::QueueSizeMax>(io_);
    constexpr std::uint32_t kLargest = 0x8000;  // Section 2.7.
    return size > kLargest ? std::uint16_t{0} : static_cast<std::uint16_t>(size);
  }
  bool queue_size_is_fixed() const override { return false; }

  Result<void> SetQueue(std::uint16_t queue, const QueueAddresses& addresses) override {
    Write<mmio::QueueSelect>(queue);
    if (legacy_) return SetLegacyQueue(addresses);
    if (ReadWord<mmio::QueueReady>(io_) != 0) return std::unexpected(Error::kDevice);
    Write<mmio::QueueSize>(addresses.size);
    WriteAddress<mmio::QueueDescriptorsLow, mmio::QueueDescriptorsHigh>(addresses.descriptors);
    WriteAddress<mmio::QueueAvailableLow, mmio::QueueAvailableHigh>(addresses.available);
    WriteAddress<mmio::QueueUsedLow, mmio::QueueUsedHigh>(addresses.used);
    Write<mmio::QueueReady>(1);
    if (ReadWord<mmio::QueueReady>(io_) != 1) return std::unexpected(Error::kDevice);
    return {};
  }

  void Notify(std::uint16_t queue) override { Write<mmio::QueueNotify>(queue); }

 private:
  template <typename R>
  static std::uint32_t ReadWord(const Io& io) {
    return io.template Read<R>().raw;
  }

  template <typename R>
  void Write(std::uint32_t value) {
    io_.Write(R{}.With(R::kValue, value));
  }

  template <typename Low, typename High>
  void WriteAddress(PhysAddr address) {
    Write<Low>(static_cast<std::uint32_t>(address.value()));
    Write<High>(static_cast<std::uint32_t>(address.value() >> 32));
  }

  Result<void> SetLegacyQueue(const QueueAddresses& addresses) {
    const std::uint64_t page = addresses.descriptors.value() / kPageSize.count();
    if (page > std::numeric_limits<std::uint32_t>::max()) {
      return std::unexpected(Error::kOutOfRange);
    }
    if (ReadWord<mmio::LegacyQueuePage>(io_) != 0) return std::unexpected(Error::kDevice);
    Write<mmio::QueueSize>(addresses.size);
    Write<mmio::LegacyQueueAlign>(static_cast<std::uint32_t>(SplitQueue::kAlignment.count()));
    Write<mmio::LegacyQueuePage>(static_cast<std::uint32_t>(page));
    if (ReadWord<mmio::LegacyQueuePage>(io_) != page) return std::unexpected(Error::kDevice);
    return {};
  }

  Io io_;
  bool legacy_;
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_MMIO_TRANSPORT_H_
