// LegacyPciTransport: a virtio device on PCI with the interface from before VIRTIO 1.0, in ports.
//
// Source: VIRTIO 1.2, section 4.1.4.10.
#ifndef KERNEL_DEVICES_VIRTIO_LEGACY_PCI_TRANSPORT_H_
#define KERNEL_DEVICES_VIRTIO_LEGACY_PCI_TRANSPORT_H_

#include <cstdint>
#include <expected>
#include <limits>

#include "kernel/base/address.h"
#include "kernel/base/register.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {

namespace legacy_pci {

/// A register without fields.
template <typename Unsigned, std::uint16_t offset>
struct Word : Register<Word<Unsigned, offset>, Unsigned, offset> {};

using DeviceFeatures = Word<std::uint32_t, 0x00>;
using DriverFeatures = Word<std::uint32_t, 0x04>;
using QueuePage = Word<std::uint32_t, 0x08>;
using QueueSize = Word<std::uint16_t, 0x0c>;
using QueueSelect = Word<std::uint16_t, 0x0e>;
using QueueNotify = Word<std::uint16_t, 0x10>;
using Status = Word<std::uint8_t, 0x12>;

/// Bytes of the registers, without those of the device's own.
inline constexpr std::uint64_t kSize = 0x14;
/// The BAR in which they lie.
inline constexpr std::uint8_t kBar = 0;

}  // namespace legacy_pci

/// Io reaches the registers.
template <typename Io>
class LegacyPciTransport final : public Transport {
 public:
  explicit LegacyPciTransport(Io io) : io_(io) {}

  bool legacy() const override { return true; }

  std::uint64_t ReadFeatures() override { return Read<legacy_pci::DeviceFeatures>(); }
  void WriteFeatures(std::uint64_t features) override {
    Write<legacy_pci::DriverFeatures>(static_cast<std::uint32_t>(features));
  }

  std::uint8_t ReadStatus() override { return Read<legacy_pci::Status>(); }
  void WriteStatus(std::uint8_t status) override { Write<legacy_pci::Status>(status); }

  std::uint16_t QueueSize(std::uint16_t queue) override {
    Write<legacy_pci::QueueSelect>(queue);
    return Read<legacy_pci::QueueSize>();
  }
  bool queue_size_is_fixed() const override { return true; }

  Result<void> SetQueue(std::uint16_t queue, const QueueAddresses& addresses) override {
    const std::uint64_t page = addresses.descriptors.value() / kPageSize.count();
    if (page > std::numeric_limits<std::uint32_t>::max()) {
      return std::unexpected(Error::kOutOfRange);
    }
    Write<legacy_pci::QueueSelect>(queue);
    if (Read<legacy_pci::QueuePage>() != 0) return std::unexpected(Error::kDevice);
    Write<legacy_pci::QueuePage>(static_cast<std::uint32_t>(page));
    if (Read<legacy_pci::QueuePage>() != page) return std::unexpected(Error::kDevice);
    return {};
  }

  void Notify(std::uint16_t queue) override { Write<legacy_pci::QueueNotify>(queue); }

 private:
  template <typename R>
  typename R::WordType Read() const {
    return io_.template Read<R>().raw;
  }

  template <typename R>
  void Write(typename R::WordType value) {
    R reg;
    reg.raw = value;
    io_.Write(reg);
  }

  Io io_;
};

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_LEGACY_PCI_TRANSPORT_H_
