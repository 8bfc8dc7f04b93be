#include "kernel/devices/virtio/entropy_device.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/base/address.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/fake_device.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {
namespace {

QueueMemory queue_memory;

Result<void*> Allocate(Bytes, Bytes) {
  queue_memory = MakeQueueMemory();
  return queue_memory.get();
}

class EntropyDeviceTest : public testing::Test {
 protected:
  EntropyDeviceTest() { Give(7); }

  /// Answers each request with up to `most` bytes.
  void Give(std::uint32_t most) {
    fake_.on_notify = [most](FakeQueue& queue) {
      for (const std::uint16_t chain : queue.TakeAvailable()) {
        const Buffer buffer = queue.BuffersOf(chain).front();
        const std::uint32_t count = std::min(most, buffer.size);
        std::memset(ToPointer(buffer.address), 0xa5, count);
        queue.Complete(chain, count);
      }
    };
  }

  Result<void> Open() { return entropy_.Open(&fake_, Nanoseconds(1'000'000), &Allocate); }

  FakeDevice fake_;
  EntropyDevice entropy_;
};

TEST_F(EntropyDeviceTest, AsksUntilAllBytesAreThere) {
  ASSERT_TRUE(Open());
  std::vector<std::byte> bytes(1000);
  ASSERT_TRUE(entropy_.Read(bytes));
  EXPECT_EQ(std::ranges::count(bytes, std::byte{0xa5}), 1000);
  EXPECT_EQ(fake_.notifications, 143);
}

TEST_F(EntropyDeviceTest, GivesUpADeviceThatGivesNothing) {
  ASSERT_TRUE(Open());
  Give(0);
  std::array<std::byte, 8> bytes;
  EXPECT_EQ(entropy_.Read(bytes).error(), Error::kDevice);
  EXPECT_EQ(fake_.status, 0);
}

TEST_F(EntropyDeviceTest, GivesUpADeviceThatDoesNotAnswer) {
  ASSERT_TRUE(Open());
  fake_.on_notify = nullptr;
  std::array<std::byte, 8> bytes;
  EXPECT_EQ(entropy_.Read(bytes).error(), Error::kTimeout);
  EXPECT_EQ(entropy_.Read(bytes).error(), Error::kDevice);
  EXPECT_EQ(fake_.notifications, 1);
}

TEST_F(EntropyDeviceTest, GivesUpADeviceThatSaysItWroteMore) {
  ASSERT_TRUE(Open());
  fake_.on_notify = [](FakeQueue& queue) { queue.Complete(0, 9); };
  std::array<std::byte, 8> bytes;
  EXPECT_EQ(entropy_.Read(bytes).error(), Error::kDevice);
}

TEST_F(EntropyDeviceTest, SaysThatThereIsNoQueue) {
  fake_.queue_count = 0;
  EXPECT_EQ(Open().error(), Error::kNotFound);
  std::array<std::byte, 8> bytes;
  EXPECT_EQ(entropy_.Read(bytes).error(), Error::kDevice);
}

}  // namespace
}  // namespace kernel::devices::virtio
