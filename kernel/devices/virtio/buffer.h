// What drivers put into a queue, and what comes out.
#ifndef KERNEL_DEVICES_VIRTIO_BUFFER_H_
#define KERNEL_DEVICES_VIRTIO_BUFFER_H_

#include <algorithm>
#include <cstdint>
#include <span>

#include "kernel/base/address.h"

namespace kernel::devices::virtio {

/// A run of memory that the device reads or, if `writable`, writes. Stays until it is completed.
struct Buffer {
  PhysAddr address;
  std::uint32_t size = 0;
  bool writable = false;
};

/// The device has done with a chain of buffers.
struct Completion {
  std::uint16_t chain;    // What Add returned.
  std::uint32_t written;  // Bytes that it wrote, no more than the chain has.
};

/// Whether those to be written stand behind those to be read, as a chain wants it.
inline bool InOrder(std::span<const Buffer> buffers) {
  return std::is_partitioned(buffers.begin(), buffers.end(),
                             [](const Buffer& buffer) { return !buffer.writable; });
}

}  // namespace kernel::devices::virtio

#endif  // KERNEL_DEVICES_VIRTIO_BUFFER_H_
