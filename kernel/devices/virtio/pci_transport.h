// PciTransport: a virtio device on PCI with the interface of VIRTIO 1.x, which its capabilities
// describe.
//
// Source: VIRTIO 1.2, sections 4.1.2 (numbers), 4.1.4 (capabilities), 4.1.4.3 (registers).
#ifndef KERNEL_DEVICES_VIRTIO_PCI_TRANSPORT_H_
#define KERNEL_DEVICES_VIRTIO_PCI_TRANSPORT_H_

#include <cstdint>
#include <expected>

#include "kernel/base/address.h"
#include "kernel/base/register.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {

namespace pci_common {

/// A register without fields.
template <typename Unsigned, std::uint16_t offset>
struct Word : Register<Word<Unsigned, offset>, Unsigned, offset> {};

using DeviceFeaturesSelect = Word<std::uint32_t, 0x00>;
using DeviceFeatures = Word<std::uint32_t, 0x04>;
using DriverFeaturesSelect = Word<std::uint32_t, 0x08>;
using DriverFeatures = Word<std::uint32_t, 0x0c>;
using Queues = Word<std::uint16_t, 0x12>;
using Status = Word<std::uint8_t, 0x14>;
using QueueSelect = Word<std::uint16_t, 0x16>;
using QueueSize = Word<std::uint16_t, 0x18>;
using QueueEnable = Word<std::uint16_t, 0x1c>;
using QueueNotifyOffset = Word<std::uint16_t, 0x1e>;
using QueueDescriptorsLow = Word<std::uint32_t, 0x20>;
using QueueDescriptorsHigh = Word<std::uint32_t, 0x24>;
using QueueAvailableLow = Word<std::uint32_t, 0x28>;
using QueueAvailableHigh = Word<std::uint32_t, 0x2c>;
using QueueUsedLow = Word<std::uint32_t, 0x30>;
using QueueUsedHigh = Word<std::uint32_t, 0x34>;

/// Bytes of all of them.
inline constexpr std::uint32_t kSize = 0x38;

}  // namespace pci_common

/// The registers with which a queue is notified: `size` bytes, `multiplier` bytes for each queue.
template <typename Io>
struct NotifyArea {
  Io io;
  std::uint32_t size;
  std::uint32_t multiplier;
};

/// Io reaches the common registers, and those of notification.
template <typename Io>
class PciTransport final : public Transport {
 public:
  PciTransport(Io common, const NotifyArea<Io>& notify) : common_(common), notify_(notify) {}

  bool legacy() const override { return false; }

  std::uint64_t ReadFeatures() override {
    Write<pci_common::DeviceFeaturesSelect>(0);
    const std::uint64_t low = Read<pci_common::DeviceFeatures>();
    Write<pci_common::DeviceFeaturesSelect>(1);
    return low | std::uint64_t{Read<pci_common::DeviceFeatures>()} << 32;
  }

  void WriteFeatures(std::uint64_t features) override {
    Write<pci_common::DriverFeaturesSelect>(0);
    Write<pci_common::DriverFeatures>(static_cast<std::uint32_t>(features));
    Write<pci_common::DriverFeaturesSelect>(1);
    Write<pci_common::DriverFeatures>(static_cast<std::uint32_t>(features >> 32));
  }

  std::uint8_t ReadStatus() override { return Read<pci_common::Status>(); }
  void WriteStatus(std::uint8_t status) override { Write<pci_common::Status>(status); }

  std::uint16_t QueueSize(std::uint16_t queue) override {
    if (queue >= Read<pci_common::Queues>()) return 0;
    Write<pci_common::QueueSelect>(queue);
    return Read<pci_common::QueueSize>();
  }
  bool queue_size_is_fixed() const override { return false; }

  Result<void> SetQueue(std::uint16_t queue, const QueueAddresses& addresses) override {
    if (queue >= kMaxQueues) return std::unexpected(Error::kOutOfRange);
    Write<pci_common::QueueSelect>(queue);
    if (Read<pci_common::QueueEnable>() != 0) return std::unexpected(Error::kDevice);
    const std::uint64_t offset =
        std::uint64_t{Read<pci_common::QueueNotifyOffset>()} * notify_.multiplier;
    if (offset + sizeof(std::uint16_t) > notify_.size) return std::unexpected(Error::kOutOfRange);
    notify_offsets_[queue] = static_cast<std::uint32_t>(offset);
    Write<pci_common::QueueSize>(addresses.size);
    WriteAddress<pci_common::QueueDescriptorsLow, pci_common::QueueDescriptorsHigh>(
        addresses.descriptors);
    WriteAddress<pci_common::QueueAvailableLow, pci_common::QueueAvailableHigh>(
        addresses.available);
    WriteAddress<pci_common::QueueUsedLow, pci_common::QueueUsedHigh>(addresses.used);
    Write<pci_common::QueueEnable>(1);
    if (Read<pci_common::QueueEnable>() != 1) return std::unexpected(Error::kDevice);
    return {};
  }

  void Notify(std::uint16_t queue) override {
    notify_.io.template WriteAt<std::uint16_t>(notify_offsets_[queue], queue);
  }

 private:
  // More than any driver here sets up.
  static constexpr std::uint16_t kMaxQueues = 8;

  template <typename R>
  typename R::WordType Read() const {
    return common_.template Read<R>().raw;
  }

  template <typename R>
  void Write(typename R::WordType value) {
    R reg;
    reg.raw = value;
    common_.Write(reg);
  }

  template <typename Low, typename High>
  void WriteAddress(PhysAddr address) {
    Write<Low>(static_cast<std::uint32_t>(address.value()));
    Write<High>(static_cast<std::uint32_t>(address.value() >> 32));
  }

  Io common_;
  NotifyArea<Io> notify_;
  std::uint32_t notify_offsets_[kMaxQueues] = {};
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_PCI_TRANSPORT_H_
