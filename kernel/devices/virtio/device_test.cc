#include "kernel/devices/virtio/device.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <expected>
#include <vector>

#include "gtest/gtest.h"
#include "kernel/base/address.h"
#include "kernel/base/nanoseconds.h"
#include "kernel/base/result.h"
#include "kernel/devices/virtio/fake_device.h"
#include "kernel/devices/virtio/packed_queue.h"
#include "kernel/devices/virtio/queue.h"
#include "kernel/devices/virtio/split_queue.h"
#include "kernel/devices/virtio/transport.h"

namespace kernel::devices::virtio {
namespace {

using Statuses = std::vector<std::uint8_t>;

// One test sets up one queue at a time.
QueueMemory queue_memory;

Result<void*> AllocateOne(Bytes size, Bytes alignment) {
  queue_memory = MakeQueueMemory();
  EXPECT_LE(size, SplitQueue::MemoryFor(256));
  EXPECT_TRUE(alignment == SplitQueue::kAlignment || alignment == PackedQueue::kAlignment);
  return queue_memory.get();
}

Result<void*> AllocateNothing(Bytes, Bytes) { return std::unexpected(Error::kNoMemory); }

class DeviceTest : public testing::Test {
 protected:
  DeviceTest() : device_(&fake_, Nanoseconds(1'000'000)) {}

  FakeDevice fake_;
  Device device_;
};

TEST_F(DeviceTest, BeginsInTheOrderOfTheSpecification) {
  fake_.offered = kFeatureVersion1 | kFeatureEventIndex | 5;
  EXPECT_EQ(device_.Negotiate(4 | 8), kFeatureVersion1 | kFeatureEventIndex | 4);
  EXPECT_EQ(fake_.accepted, kFeatureVersion1 | kFeatureEventIndex | 4);
  ASSERT_TRUE(device_.SetUpQueue(0, 8, &AllocateOne));
  device_.Run();
  EXPECT_EQ(fake_.statuses, (Statuses{0, 1, 3, 11, 15}));
}

TEST_F(DeviceTest, ALegacyDeviceIsNotAskedWhetherItAgrees) {
  fake_.is_legacy = true;
  fake_.offered = 1;
  EXPECT_EQ(device_.Negotiate(3), 1u);
  device_.Run();
  EXPECT_EQ(fake_.statuses, (Statuses{0, 1, 3, 7}));
}

TEST_F(DeviceTest, GivesUpADeviceThatDoesNotReset) {
  fake_.status = 15;
  fake_.resets = false;
  EXPECT_EQ(device_.Negotiate(0).error(), Error::kTimeout);
}

TEST_F(DeviceTest, GivesUpADeviceThatWantsMore) {
  fake_.refused = kFeatureVersion1;
  EXPECT_EQ(device_.Negotiate(0).error(), Error::kNotSupported);
  EXPECT_EQ(fake_.statuses, (Statuses{0, 1, 3, 11, 131, 0}));
}

TEST_F(DeviceTest, GivesUpAModernDeviceThatIsNone) {
  fake_.offered = 0;
  EXPECT_EQ(device_.Negotiate(0).error(), Error::kNotSupported);
  EXPECT_EQ(fake_.status, 0);
}

TEST_F(DeviceTest, QueuesHaveTheSizeThatBothCan) {
  ASSERT_TRUE(device_.Negotiate(0));
  EXPECT_EQ(device_.SetUpQueue(0, 4, &AllocateOne)->size(), 4);
  EXPECT_EQ(device_.SetUpQueue(0, 64, &AllocateOne)->size(), 8);
  fake_.queue_size = 1024;
  EXPECT_EQ(device_.SetUpQueue(0, 1024, &AllocateOne)->size(), SplitQueue::kMaxSize);
  fake_.fixed_size = true;
  EXPECT_EQ(device_.SetUpQueue(0, 4, &AllocateOne).error(), Error::kNotSupported);
  fake_.queue_size = 128;
  EXPECT_EQ(device_.SetUpQueue(0, 4, &AllocateOne)->size(), 128);
}

TEST_F(DeviceTest, QueuesArePackedIfTheDeviceOffersIt) {
  ASSERT_TRUE(device_.Negotiate(0));
  EXPECT_FALSE(device_.SetUpQueue(0, 8, &AllocateOne)->is_packed());
  fake_.offered = kFeatureVersion1 | kFeaturePackedRing;
  EXPECT_EQ(device_.Negotiate(0), kFeatureVersion1 | kFeaturePackedRing);
  const Result<Queue> queue = device_.SetUpQueue(0, 8, &AllocateOne);
  ASSERT_TRUE(queue);
  EXPECT_TRUE(queue->is_packed());
  EXPECT_EQ(queue->size(), 8);
  EXPECT_EQ(queue->addresses().available, queue->addresses().descriptors + Bytes(128));
}

TEST_F(DeviceTest, SaysWhyAQueueCannotBe) {
  ASSERT_TRUE(device_.Negotiate(0));
  EXPECT_EQ(device_.SetUpQueue(1, 8, &AllocateOne).error(), Error::kNotFound);
  EXPECT_EQ(device_.SetUpQueue(0, 8, &AllocateNothing).error(), Error::kNoMemory);
  fake_.set_queue = std::unexpected(Error::kDevice);
  EXPECT_EQ(device_.SetUpQueue(0, 8, &AllocateOne).error(), Error::kDevice);
  fake_.queue_size = 12;
  EXPECT_EQ(device_.SetUpQueue(0, 8, &AllocateOne).error(), Error::kMalformed);
}

class RequestTest : public DeviceTest {
 protected:
  RequestTest() {
    EXPECT_TRUE(device_.Negotiate(0));
    queue_ = *device_.SetUpQueue(0, 8, &AllocateOne);
    device_.Run();
  }

  Result<Completion> Request() {
    const std::array<Buffer, 1> buffers = {{{PhysAddr(0x1000), 16, true}}};
    EXPECT_TRUE(queue_.Add(buffers));
    device_.Submit(0, queue_);
    return device_.Await(queue_);
  }

  Queue queue_;
};

TEST_F(RequestTest, IsAnswered) {
  fake_.on_notify = [](FakeQueue& queue) {
    for (const std::uint16_t chain : queue.TakeAvailable()) queue.Complete(chain, 16);
  };
  const Result<Completion> completion = Request();
  ASSERT_TRUE(completion);
  EXPECT_EQ(completion->written, 16u);
  EXPECT_EQ(fake_.notifications, 1);
}

TEST_F(RequestTest, IsGivenUpIfNobodyAnswers) { EXPECT_EQ(Request().error(), Error::kTimeout); }

TEST_F(RequestTest, IsRefusedIfTheAnswerIsALie) {
  fake_.on_notify = [](FakeQueue& queue) { queue.Complete(0, 17); };
  EXPECT_EQ(Request().error(), Error::kDevice);
}

}  // namespace
}  // namespace kernel::devices::virtio
